import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { json } from '../../src/backends/json.js';
import type { Achievement, Backend, Clock } from '../../src/model/index.js';
import { createStore } from '../../src/store/create-store.js';
import type { KeyValueStorage } from '../../src/store/environment.js';
import { memoryStorage } from '../../src/store/memory-storage.js';
import type { Store } from '../../src/store/store.js';
import { SeededRandom } from './random.js';

const SRC = 'https://service.example/achievements';
const TARGET = 5;
const HISTORIES = 5000;

/** How a service, or what stands in front of it, marks its answers. */
const ETAGS = ['strong', 'weak', 'suffixed by a proxy', 'none'] as const;

/** A service whose achievements come, go and move on while they are read, page by page. */
class ChangingService {
  readonly #random: SeededRandom;
  readonly #etags: (typeof ETAGS)[number];
  /** Pages by number: what comes or goes meanwhile moves the others from one page to the next. */
  readonly isByOffset: boolean;
  readonly #pageSize: number;
  items: { readonly id: string; current: number }[] = [];
  isChanging = true;
  #made = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#etags = random.pick(ETAGS);
    this.isByOffset = random.chance(0.5);
    this.#pageSize = 1 + random.below(4);
    for (let count = 1 + random.below(8); count > 0; count--) this.#insert();
  }

  #insert(): void {
    const place = this.#random.below(this.items.length + 1);
    this.items.splice(place, 0, { id: `a${(this.#made += 1)}`, current: 0 });
  }

  change(): void {
    const random = this.#random;
    const item = random.pick(this.items);
    const act = random.weighted({ progress: 5, unlock: 2, insert: 2, remove: 1 });
    if (act === 'insert') this.#insert();
    else if (act === 'remove' && this.items.length > 1) this.items.splice(this.items.indexOf(item), 1);
    else if (act === 'unlock') item.current = TARGET;
    else item.current = Math.min(TARGET, item.current + 1);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const random = this.#random;
    if (this.isChanging) {
      if (random.chance(0.4)) this.change();
      if (random.chance(0.08)) throw new TypeError('Failed to fetch');
      if (random.chance(0.05)) return new Response('{}', { status: 503 });
    }
    const cursor = new URL(input as string).searchParams.get('cursor');
    const from = this.isByOffset
      ? Number(cursor ?? 0)
      : cursor
        ? this.items.findIndex(({ id }) => id === cursor) + 1
        : 0;
    // The one that it named is gone.
    if (cursor && from === 0) return new Response('{"message":"No such page"}', { status: 400 });
    const shown = this.items.slice(from, from + this.#pageSize);
    const isLast = from + this.#pageSize >= this.items.length;
    const body = JSON.stringify({
      achievements: shown.map(({ id, current }) => ({
        id,
        name: id,
        state: current >= TARGET ? 'unlocked' : current > 0 ? 'in-progress' : 'locked',
        requirements: [{ id: 'main', current, target: TARGET, unit: 'count' }],
      })),
      cursor: isLast ? null : this.isByOffset ? String(from + this.#pageSize) : shown.at(-1)!.id,
      total: this.items.length,
    });
    const tag = `${body.length}-${[...body].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)}`;
    const known = new Headers(init?.headers).get('if-none-match')?.replace(/^W\/|"|-gzip"?$/g, '');
    const etag = {
      strong: `"${tag}"`,
      weak: `W/"${tag}"`,
      'suffixed by a proxy': random.chance(0.5) ? `"${tag}-gzip"` : `"${tag}"`,
      none: undefined,
    }[this.#etags];
    const headers = { 'content-type': 'application/json', ...(etag && { etag }) };
    return known === tag ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
  };
}

/** Applies pages as they arrive: where one fails, it gives the ones before as if they were all. */
function careless(backend: Backend): Backend {
  return {
    ...backend,
    async pull(_known, call) {
      const achievements: Achievement[] = [];
      const seen: typeof fetch = async (input, init) => {
        const response = await call.fetch(input, init);
        if (response.ok) {
          const { achievements: some } = (await response.clone().json()) as { achievements: { id: string }[] };
          const one = json({ src: 'data:,' });
          const page = await one
            .pull(undefined, {
              ...call,
              fetch: async () =>
                new Response(JSON.stringify(some), { headers: { 'content-type': 'application/json' } }),
            })
            .catch(() => 'unchanged' as const);
          if (page !== 'unchanged') achievements.push(...page.achievements);
        }
        return response;
      };
      try {
        return await backend.pull(undefined, { ...call, fetch: seen });
      } catch (error) {
        if (achievements.length === 0) throw error;
        return { achievements };
      }
    },
  };
}

/** One history. Returns what was wrong with it. */
async function play(seed: number, decorate: (backend: Backend) => Backend): Promise<string[]> {
  const random = new SeededRandom(seed);
  const service = new ChangingService(random);
  const storage: KeyValueStorage = { ...memoryStorage(), volatile: false };
  let time = Date.UTC(2026, 0, 1);
  // Nothing here has to wait, so no timer ever fires.
  const clock: Clock = { now: () => (time += 1), setTimeout: () => 0, clearTimeout: () => undefined };
  const open = (): Store =>
    createStore({
      backend: decorate(json({ src: SRC })),
      player: 'p1',
      environment: {
        clock,
        openStorage: () => storage,
        fetch: service.fetch,
        random: () => random.next(),
        hint: () => undefined,
        locks: undefined,
        openChannel: undefined,
      },
    });
  const wrong: string[] = [];
  const best = new Map<string, number>();
  let store = open();
  const look = async (): Promise<void> => {
    const before = store.snapshot.library;
    const atFirst = service.items.map(({ id }) => id);
    await store.refresh();
    const { library, problem } = store.snapshot;
    // What was lost between two pages is told with what there is.
    const isFailure = problem !== undefined && problem.code !== 'incomplete';
    if (isFailure && before && library?.achievements !== before.achievements)
      wrong.push('a failure changed what is shown');
    const ids = library?.achievements.map(({ id }) => id) ?? [];
    const missing = service.items.filter(({ id }) => atFirst.includes(id) && !ids.includes(id));
    if (!problem && !service.isByOffset && missing.length > 0) wrong.push('a part is shown as if it were all');
    if (new Set(ids).size !== ids.length) wrong.push('one is shown twice');
    for (const { id, progress } of library?.achievements ?? []) {
      const current = progress?.current ?? 0;
      if (current < (best.get(id) ?? 0)) wrong.push(`${id} went back from ${best.get(id)} to ${current}`);
      best.set(id, Math.max(current, best.get(id) ?? 0));
    }
  };
  for (let visit = 1 + random.below(5); visit > 0; visit--) {
    await look();
    if (random.chance(0.6)) service.change();
    if (random.chance(0.3)) {
      store.dispose();
      store = open();
    }
  }
  service.isChanging = false;
  await look();
  const shown = store.snapshot.library?.achievements.map(({ id, progress, state }) => [id, progress?.current, state]);
  const truth = service.items.map(({ id, current }) => [
    id,
    current,
    current >= TARGET ? 'unlocked' : current > 0 ? 'in-progress' : 'locked',
  ]);
  if (JSON.stringify(shown) !== JSON.stringify(truth))
    wrong.push(`in the end ${JSON.stringify(shown)}, not ${JSON.stringify(truth)}`);
  store.dispose();
  return wrong.length > 0 ? [`SEED=${seed}: ${wrong.join('; ')}`] : [];
}

async function playAll(
  count: number,
  decorate: (backend: Backend) => Backend = (backend) => backend,
): Promise<string[]> {
  const first = Number(env['SEED'] ?? 1);
  const failed: string[] = [];
  for (let seed = first; seed < first + (env['SEED'] ? 1 : count); seed++) failed.push(...(await play(seed, decorate)));
  return failed;
}

describe('pages that change while they are read', () => {
  it(`end as the service has them, never go back, and a failure changes nothing, in ${HISTORIES} histories`, async () => {
    expect(await playAll(HISTORIES)).toEqual([]);
  }, 240_000);

  it('control: pages applied as they arrive are noticed', async () => {
    expect((await playAll(100, careless)).length).toBeGreaterThan(10);
  }, 60_000);
});
