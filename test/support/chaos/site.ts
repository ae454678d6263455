import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a page was told when its report was on disk. It tells it at once: whatever happens to the page, it is known. */
export interface Receipt {
  readonly tab: number;
  /** How many receipts the page had before. */
  readonly order: number;
  readonly achievement: string;
  /** What was added: no two reports of a player add the same, so this names the deed, whatever its id. */
  readonly value: number;
  readonly id: string;
  readonly storage: 'persistent' | 'memory';
}

/** What a report did at the service. */
export interface Effect {
  readonly id: string;
  readonly achievement: string;
  readonly value: number;
}

export interface Push {
  readonly tab: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ids: readonly string[];
}

export interface Pull {
  readonly tab: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Something that the server sees. */
export interface Moment {
  readonly kind:
    'opened' | 'pulled' | 'push-arrived' | 'push-applied' | 'push-answered' | 'push-failed' | 'acknowledged' | 'told';
  readonly player: string;
  readonly tab: number;
  /** What a page tells. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** How the service fails. */
export interface Faults {
  /** Before what was sent has its effect, or after that and before it is answered, in milliseconds. */
  readonly delay: () => number;
  /** 503 instead of any effect. */
  readonly refuses: () => boolean;
  /** The connection breaks after the effect. */
  readonly losesAnswer: () => boolean;
}

/** One player at the service, and what is known of their pages. */
export interface Player {
  readonly name: string;
  readonly receipts: Receipt[];
  /** In the order in which they took place. */
  readonly effects: Effect[];
  readonly pushes: Push[];
  readonly pulls: Pull[];
  /** Pushes that arrived and were not answered yet. */
  underWay: number;
  faults: Faults | undefined;
  /** The service waits for these, which may depend on the push. */
  beforeEffect: ((push: Push) => Promise<void>) | undefined;
  beforeAnswer: ((push: Push) => Promise<void>) | undefined;
  /** `false` breaks the service: it does not know that it has seen an id before. */
  remembersIds: boolean;
}

/** A site with the pages of a player, and the service behind it: one Node process, which sees everything. */
export interface Site {
  readonly port: number;
  /** Scripts by their name. */
  readonly bundles: Map<string, string>;
  player(name: string): Player;
  /**
   * The first of these moments from now on.
   * @param what for the error, where it does not come in time
   * @param limit in milliseconds
   */
  moment(what: string, matches: (moment: Moment) => boolean, limit?: number): Promise<Moment>;
  close(): Promise<void>;
}

export const ACHIEVEMENTS = ['jumps', 'runs', 'finds'] as const;

/** Far longer than anything takes, in milliseconds: others may use the same machine. */
export const PATIENCE = 45_000;

const script = readFileSync(new URL('page.js', import.meta.url), 'utf8');

const page = (body: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title>${body}`;

const PAGES: Readonly<Record<string, string | undefined>> = {
  '/player.html': page('<script type="module" src="/page.js"></script>'),
  '/plain.html': page('<p>Nothing of ours.</p>'),
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

export async function openSite(): Promise<Site> {
  const players = new Map<string, Player>();
  const bundles = new Map<string, string>();
  const listeners = new Set<(moment: Moment) => void>();

  const happen = (kind: Moment['kind'], player: string, tab: number, facts?: Moment['facts']) => {
    for (const listener of [...listeners]) listener({ kind, player, tab, ...(facts && { facts }) });
  };

  function playerNamed(name: string): Player {
    const known = players.get(name);
    if (known) return known;
    const player: Player = {
      name,
      receipts: [],
      effects: [],
      pushes: [],
      pulls: [],
      underWay: 0,
      faults: undefined,
      beforeEffect: undefined,
      beforeAnswer: undefined,
      remembersIds: true,
    };
    players.set(name, player);
    return player;
  }

  const json = (response: ServerResponse, status: number, body: unknown) =>
    response
      .writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      .end(JSON.stringify(body));

  /** Effect and id together, in the order given. */
  function apply(player: Player, reports: readonly { id: string; achievement: string; add: number }[]): unknown[] {
    return reports.map(({ id, achievement, add }) => {
      const isKnown = player.remembersIds && player.effects.some((effect) => effect.id === id);
      if (!isKnown) player.effects.push({ id, achievement, value: add });
      return { id, outcome: isKnown ? 'duplicate' : 'accepted' };
    });
  }

  async function take(player: Player, tab: number, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { reports } = JSON.parse(await bodyOf(request)) as { reports: Parameters<typeof apply>[1] };
    const push: Push = { tab, at: Date.now(), ids: reports.map(({ id }) => id) };
    player.pushes.push(push);
    happen('push-arrived', player.name, tab);
    const { faults } = player;
    const delay = faults?.delay() ?? 0;
    if (delay > 0) await pause(delay / 2);
    await player.beforeEffect?.(push);
    if (faults?.refuses()) {
      json(response, 503, { message: 'Back in a moment.' });
      happen('push-failed', player.name, tab);
      return;
    }
    const results = apply(player, reports);
    happen('push-applied', player.name, tab);
    if (delay > 0) await pause(delay / 2);
    await player.beforeAnswer?.(push);
    if (faults?.losesAnswer()) {
      request.socket.destroy();
      happen('push-failed', player.name, tab);
      return;
    }
    json(response, 200, { results });
    happen('push-answered', player.name, tab);
  }

  function pull(player: Player, tab: number, response: ServerResponse): void {
    player.pulls.push({ tab, at: Date.now() });
    const achievements = ACHIEVEMENTS.map((id) => ({
      id,
      name: `Many ${id}`,
      progress: { current: player.effects.filter(({ achievement }) => achievement === id).length, target: 1_000_000 },
    }));
    json(response, 200, { achievements });
    happen('pulled', player.name, tab);
  }

  /** What pages tell, for the test alone. */
  async function note(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { player, tab, receipt, ...facts } = JSON.parse(await bodyOf(request)) as {
      player: string;
      tab: number;
      receipt?: Receipt;
    };
    if (receipt) playerNamed(player).receipts.push({ ...receipt, tab });
    response.writeHead(204).end();
    happen(receipt ? 'acknowledged' : 'told', player, tab, receipt ? { ...receipt } : facts);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = url.searchParams.get('player') ?? '';
    const tab = Number(request.headers['x-tab'] ?? url.searchParams.get('tab') ?? 0);
    const bundle = bundles.get(/^\/bundles\/(.+)\.js$/.exec(url.pathname)?.[1] ?? '');
    const html = PAGES[url.pathname];
    const javascript = url.pathname === '/page.js' ? script : bundle;
    if (javascript !== undefined) {
      response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' }).end(javascript);
    } else if (html !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      happen('opened', name, tab);
    } else if (url.pathname === '/note') await note(request, response);
    else if (url.pathname === '/service/reports') {
      const player = playerNamed(name);
      player.underWay += 1;
      await take(player, tab, request, response).finally(() => (player.underWay -= 1));
    } else if (url.pathname === '/service') pull(playerNamed(name), tab, response);
    else response.writeHead(404).end();
  }

  const server = createServer((request, response) => {
    // A page that was killed leaves half a request.
    answer(request, response).catch(() => request.socket.destroy());
  });
  // A browser that reuses a connection which is being closed would fail a request that nobody meant to fail.
  server.keepAliveTimeout = 300_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    port: (server.address() as AddressInfo).port,
    bundles,
    player: playerNamed,
    moment(what, matches, limit = PATIENCE) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          listeners.delete(listener);
          reject(new Error(`Not within ${limit} ms: ${what}`));
        }, limit);
        const listener = (moment: Moment) => {
          if (!matches(moment)) return;
          clearTimeout(timer);
          listeners.delete(listener);
          resolve(moment);
        };
        listeners.add(listener);
      });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
