import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A site with many games, each with a list and an event stream, all of one origin and over HTTP/1.1. */
export interface GamesSite {
  readonly origin: string;
  /** Scripts by their name. */
  readonly bundles: Map<string, string>;
  /** Streams that are open now. */
  readonly streams: number;
  /** The most that were open at once. */
  readonly mostStreams: number;
  /** How often the list of a game was asked for. */
  requestsOf(game: string): number;
  /** One more achievement in the list of every game; whoever listens is told. */
  change(): void;
  /** Forgets what was counted. */
  restart(): void;
  close(): Promise<void>;
}

export interface GamesPage {
  readonly bundle: string;
  readonly games: readonly string[];
  readonly player?: string;
}

/** The address of a page that shows a list of each of these games. */
export function pageOf({ origin }: GamesSite, { bundle, games, player = '' }: GamesPage): string {
  return `${origin}/page?${new URLSearchParams({ bundle, games: games.join(), player })}`;
}

function pageWith(query: URLSearchParams): string {
  const lists = (query.get('games') ?? '').split(',').map((game) => {
    const player = query.get('player');
    return `<achievement-list src="/games/${game}" events${player ? ` player="${player}"` : ''}></achievement-list>`;
  });
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Games</title>' +
    `${lists.join('')}<script type="module" src="/bundles/${query.get('bundle')}.js"></script>`
  );
}

export async function openGamesSite(): Promise<GamesSite> {
  const bundles = new Map<string, string>();
  const requests = new Map<string, number>();
  const streams = new Set<ServerResponse>();
  let mostStreams = 0;
  let achievements = 1;

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': here\n\n');
    streams.add(response);
    mostStreams = Math.max(mostStreams, streams.size);
    response.on('close', () => streams.delete(response));
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const bundle = bundles.get(/^\/bundles\/(.+)\.js$/.exec(pathname)?.[1] ?? '');
    const [, game = '', part] = /^\/games\/([^/]+)(\/events)?$/.exec(pathname) ?? [];
    if (bundle !== undefined) response.writeHead(200, { 'content-type': 'text/javascript' }).end(bundle);
    else if (pathname === '/page') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageWith(searchParams));
    } else if (pathname === '/beside') response.writeHead(200, { 'cache-control': 'no-store' }).end('answered');
    else if (part) listen(response);
    else if (game) {
      requests.set(game, (requests.get(game) ?? 0) + 1);
      const list = Array.from({ length: achievements }, (_, id) => ({ id, name: `Achievement ${id}` }));
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify({ achievements: list }));
    } else response.writeHead(404).end();
  });
  server.keepAliveTimeout = 300_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bundles,
    get streams() {
      return streams.size;
    },
    get mostStreams() {
      return mostStreams;
    },
    requestsOf: (game) => requests.get(game) ?? 0,
    change() {
      achievements += 1;
      for (const stream of streams) stream.write(`event: change\nid: ${achievements}\ndata: {}\n\n`);
    },
    restart() {
      achievements = 1;
      mostStreams = 0;
      requests.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
