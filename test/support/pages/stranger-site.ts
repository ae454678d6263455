import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of the stranger's server; `cut` breaks the connection instead. */
export type Answer = { readonly status?: number; readonly type?: string; readonly body: string } | 'cut';

/** A small site of somebody who read the README: pages, the built files, and a JSON file. */
export interface StrangerSite {
  readonly origin: string;
  /** What `/achievements.json` answers from now on. */
  answer: Answer;
  /** Pages by their path. */
  readonly pages: Map<string, string>;
  /** The path of every request so far. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** @param change what becomes of the built files on their way */
export async function openStrangerSite(change = (script: string) => script): Promise<StrangerSite> {
  const built = new Map(
    ['/achievement-elements.js', '/achievement-overlay.js'].map((path) => [
      path,
      change(readFileSync(new URL(`../../../dist/cdn${path}`, import.meta.url), 'utf8')),
    ]),
  );
  const requests: string[] = [];
  const pages = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    const page = pages.get(path);
    const script = built.get(path);
    if (script) response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else if (page !== undefined) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    else if (path !== '/achievements.json') response.writeHead(404).end();
    else if (site.answer === 'cut') request.socket.destroy();
    else {
      const { status = 200, type = 'application/json', body } = site.answer;
      response.writeHead(status, { 'content-type': type }).end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const site: StrangerSite = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: 'cut',
    pages,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return site;
}
