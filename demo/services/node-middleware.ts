import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Demo, createDemo } from './index.js';
import { ConnectionLost, HOUR } from './http.js';
import { answerPicture } from './pictures-node.js';

/** A server that runs for days still shows a challenge that ends today. */
const RENEW_AFTER = 6 * HOUR;
const LONGEST_BODY = 100_000;

let demo: Demo | undefined;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += String(chunk);
    if (body.length > LONGEST_BODY) throw new ConnectionLost('The request is too large');
  }
  return body;
}

/** Connect servers cut what they mount at; the whole path is in `originalUrl`. */
function urlOf(request: IncomingMessage & { originalUrl?: string }): URL | undefined {
  try {
    return new URL(request.originalUrl ?? request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  } catch {
    return undefined;
  }
}

async function toRequest(incoming: IncomingMessage, url: URL, signal: AbortSignal): Promise<Request> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined && !name.startsWith(':'))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const method = incoming.method ?? 'GET';
  const body = method === 'GET' || method === 'HEAD' ? null : await bodyOf(incoming);
  return new Request(url, { method, headers, body, signal });
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
    return await demo.handle(await toRequest(incoming, url, gone.signal));
  } catch (error) {
    if (!(error instanceof ConnectionLost)) throw error;
    incoming.socket.destroy();
    return new Response(null, { status: 503 });
  } finally {
    incoming.socket.off('close', stop);
  }
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
    if (outgoing.destroyed) return;
    const body = Buffer.from(await response.arrayBuffer());
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  };
  answer().catch(next);
}
