import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Demo, createDemo } from './index.js';
import { ConnectionLost, HOUR } from './http.js';
import { answerPicture } from './pictures-node.js';

/** A server that runs for days still shows a challenge that ends today. */
const RENEW_AFTER = 6 * HOUR;
const LONGEST_BODY = 100_000;

let demo: Demo | undefined;

/** `undefined` where there is more of it than anything here needs; it is read to its end, so that an answer arrives. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  let length = 0;
  for await (const chunk of request) {
    const text = String(chunk);
    length += text.length;
    if (length <= LONGEST_BODY) body += text;
  }
  return length <= LONGEST_BODY ? body : undefined;
}

/** Connect servers cut what they mount at; the whole path is in `originalUrl`. */
function urlOf(request: IncomingMessage & { originalUrl?: string }): URL | undefined {
  try {
    return new URL(request.originalUrl ?? request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  } catch {
    return undefined;
  }
}

async function toRequest(incoming: IncomingMessage, url: URL, signal: AbortSignal): Promise<Request | undefined> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = incoming.method ?? 'GET';
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal });
  const body = await bodyOf(incoming);
  return body === undefined ? undefined : new Request(url, { method, headers, body, signal });
}

/**
 * Answers a request of a Node server with the demo's services and pictures; all callers in a process share one state.
 * A broken connection is played on the socket, and its answer goes nowhere.
 * @returns nothing where the request is none of the demo's
 */
export async function handleNode(incoming: IncomingMessage): Promise<Response | undefined> {
  const url = urlOf(incoming);
  if (!url || !/^\/(?:demo|xbox|xbox-360|talon-one|json|secure|overrides|pictures)\//.test(url.pathname))
    return undefined;
  const picture = answerPicture(url);
  if (picture) return picture;
  demo ??= createDemo({ renewAfter: RENEW_AFTER });
  // Ends the waits of the simulated services when the page has given up.
  const gone = new AbortController();
  const stop = () => gone.abort();
  incoming.socket.once('close', stop);
  try {
    const request = await toRequest(incoming, url, gone.signal);
    return request ? await demo.handle(request) : new Response(null, { status: 413 });
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    incoming.socket.destroy();
    return new Response(null, { status: 503 });
  } finally {
    incoming.socket.off('close', stop);
  }
}

/** Sends on what comes as it comes, until one of both ends it. */
async function pour(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.flushHeaders();
  const reader = response.body?.getReader();
  const stop = () => void reader?.cancel();
  outgoing.once('close', stop);
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {};
    if (done || outgoing.destroyed) break;
    outgoing.write(value);
  }
  outgoing.off('close', stop);
  outgoing.end();
}

/** For Connect-style servers such as Vite's. */
export function demoMiddleware(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  next: (error?: unknown) => void,
): void {
  const answer = async () => {
    const response = await handleNode(incoming);
    if (!response) {
      next();
      return;
    }
    if (outgoing.destroyed) {
      await response.body?.cancel();
      return;
    }
    if (response.headers.get('content-type') === 'text/event-stream') {
      await pour(response, outgoing);
      return;
    }
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  };
  answer().catch(next);
}
