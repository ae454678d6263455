import type { Handler } from '../../../demo/services/http.js';
import type { CaseResult } from '../../../src/conformance/run.js';
import { TOKEN } from './support.js';

/** Makes a service break one promise. */
export type Breaking = (good: Handler) => Handler;

interface Item {
  id?: string;
  achievement?: unknown;
  set?: unknown;
  add?: unknown;
  unlock?: unknown;
  at?: unknown;
}

interface Result {
  id: string;
  outcome: string;
  code?: string;
  achievement?: Record<string, unknown>;
}

type Entry = Record<string, unknown> & { id?: unknown };

interface List {
  achievements: (Entry | null)[];
  cursor: string | null;
  total: number;
}

const pathOf = (request: Request) => new URL(request.url).pathname;
const isList = (request: Request) => pathOf(request).endsWith('/achievements');
const isReports = (request: Request) => pathOf(request).endsWith('/reports');
const isPost = (request: Request) => isReports(request) && request.method === 'POST';
const isRecall = (request: Request) => isReports(request) && request.method === 'GET';
const isEvents = (request: Request) => pathOf(request).endsWith('/events');

/** An answer with another body or status; its headers stay. */
async function remade(answer: Response, body: BodyInit | null, status = answer.status): Promise<Response> {
  await answer.body?.cancel();
  return new Response(body, { status, headers: answer.headers });
}

const json = (body: unknown, status = 200) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** Changes the answers to some requests. */
const answering =
  (
    fits: (request: Request) => boolean,
    change: (answer: Response, request: Request) => Response | Promise<Response>,
  ): Breaking =>
  (good) =>
  async (request) => {
    const answer = await good(request);
    return fits(request) ? change(answer, request) : answer;
  };

/** Changes a header of the answers to some requests; `undefined` takes it away. */
const header = (
  fits: (request: Request) => boolean,
  name: string,
  change: (value: string | null) => string | undefined,
): Breaking =>
  answering(fits, (answer) => {
    const value = change(answer.headers.get(name));
    if (value === undefined) answer.headers.delete(name);
    else answer.headers.set(name, value);
    return answer;
  });

/** Changes the lists, whose ETags stay. */
const list = (change: (list: List, request: Request) => unknown): Breaking =>
  answering(
    (request) => isList(request) && request.method === 'GET',
    async (answer, request) => {
      if (answer.status !== 200) return answer;
      return new Response(JSON.stringify(change((await answer.json()) as List, request)), { headers: answer.headers });
    },
  );

const entries = (change: (entry: Entry, index: number) => Entry | null): Breaking =>
  list(({ achievements, ...rest }) => ({
    ...rest,
    achievements: achievements.map((entry, index) => entry && change(entry, index)),
  }));

/** Changes the requests with reports, or answers them; what is no list of reports passes. */
const requests =
  (take: (items: Item[], send: (items: Item[]) => Promise<Result[]>) => Promise<Result[] | Response>): Breaking =>
  (good) =>
  async (request) => {
    if (!isPost(request)) return good(request);
    const { url, headers } = request;
    const body = await request.text();
    const post = (text: string) => good(new Request(url, { method: 'POST', headers, body: text }));
    let given: unknown;
    try {
      given = (JSON.parse(body) as { reports?: unknown }).reports;
    } catch {
      // As it came.
    }
    if (!Array.isArray(given) || given.length > 50 || given.length === 0) return post(body);
    const send = async (items: Item[]) =>
      items.length === 0
        ? []
        : ((await (await post(JSON.stringify({ reports: items }))).json()) as { results: Result[] }).results;
    const results = await take(given as Item[], send);
    return results instanceof Response ? results : json({ results });
  };

const results = (change: (results: Result[]) => Result[]): Breaking =>
  requests(async (items, send) => change(await send(items)));

/** Answers what cannot be read as the service would not. */
const posted =
  (fits: (body: string) => boolean, answer: (body: string) => Response | Promise<Response>): Breaking =>
  (good) =>
  async (request) => {
    if (!isPost(request)) return good(request);
    const body = await request.text();
    if (fits(body)) return answer(body);
    return good(new Request(request.url, { method: 'POST', headers: request.headers, body }));
  };

/** Does what the service should have rejected; says so, or not. */
const taking = (fits: (item: Item) => boolean, instead: (item: Item) => Item): Breaking =>
  requests((items, send) => send(items.map((item) => (item && fits(item) ? instead(item) : item))));

/** Sends the reports with ids of their own, so that none is known; gives the results under the ids that came. */
function forgetful(which: (item: Item, place: number, seen: (id: unknown) => number) => boolean): Breaking {
  const counts = new Map<unknown, number>();
  let next = 0;
  return requests(async (items, send) => {
    const names = new Map<string, string>();
    const renamed = items.map((item, place) => {
      if (!item || typeof item !== 'object' || typeof item.id !== 'string') return item;
      const known = which(item, place, (id) => counts.get(id) ?? 0);
      counts.set(item.id, (counts.get(item.id) ?? 0) + 1);
      if (!known) return item;
      const id = `renamed-${next++}`;
      names.set(id, item.id);
      return { ...item, id };
    });
    return (await send(renamed)).map((result) => ({ ...result, id: names.get(result.id) ?? result.id }));
  });
}

/** Changes the text of the event stream, block by block. */
const events = (change: (block: string) => string | undefined): Breaking =>
  answering(isEvents, (answer) => {
    if (answer.status !== 200 || !answer.body) return answer;
    const text = answer.body.pipeThrough(new TextDecoderStream());
    const changed = text.pipeThrough(
      new TransformStream<string, string>({
        transform(block, controller) {
          const made = change(block);
          if (made !== undefined) controller.enqueue(made);
        },
      }),
    );
    return new Response(changed.pipeThrough(new TextEncoderStream()), { headers: answer.headers });
  });

const withHeader = (request: Request, name: string, value: string | undefined): Request => {
  const headers = new Headers(request.headers);
  if (value === undefined) headers.delete(name);
  else headers.set(name, value);
  return new Request(request.url, { method: request.method, headers, signal: request.signal });
};

const known = (request: Request) => request.headers.get('if-none-match');

/** The good service, whoever asks. */
const forAnybody =
  (fits: (request: Request, token: string | null) => boolean): Breaking =>
  (good) =>
  async (request) => {
    if (!fits(request, request.headers.get('authorization'))) return good(request);
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${TOKEN}`);
    const body = request.method === 'POST' ? await request.text() : null;
    return good(new Request(request.url, { method: request.method, headers, body, signal: request.signal }));
  };

/** For every case a service that breaks its promise. */
export const BROKEN: Readonly<Record<string, Breaking>> = {
  'list-shape': list(({ achievements, total }) => ({ items: achievements, total })),
  'list-content-type': header(isList, 'content-type', () => 'text/html'),
  'achievements-valid': entries((entry, index) => (index === 2 ? { ...entry, name: 42 } : entry)),
  'achievement-states': entries((entry, index) => (index === 2 ? { ...entry, state: 'earned' } : entry)),
  'achievement-times': entries((entry, index) => (index === 0 ? { ...entry, unlockedAt: '11/21/2026' } : entry)),
  'ids-unique': list((page) => ({ ...page, achievements: [...page.achievements, page.achievements[0]] })),
  'paging-complete': list((page, { url }) => ({
    ...page,
    cursor: new URL(url).searchParams.has('cursor') ? 'after:dawn-patrol' : page.cursor,
  })),
  'paging-total': list((page) => ({ ...page, total: page.achievements.length })),
  // The one that moves comes first, as in a list by the time of the last change, and cursors count.
  'paging-under-change': (good) => {
    const moved = new Set<string>();
    return async (request) => {
      if (isPost(request)) {
        const answer = await good(request);
        const { results: told } = (await answer
          .clone()
          .json()
          .catch(() => ({ results: [] }))) as { results?: Result[] };
        for (const { outcome, achievement } of told ?? []) {
          if (outcome === 'accepted') moved.add(String(achievement?.['id']));
        }
        return answer;
      }
      const url = new URL(request.url);
      if (!isList(request) || request.headers.has('if-none-match')) return good(request);
      const from = Number(url.searchParams.get('cursor') ?? 0);
      if (Number.isNaN(from)) return good(request);
      url.search = '?limit=500';
      const answer = await good(new Request(url, { headers: request.headers, method: request.method }));
      if (answer.status !== 200 || request.method === 'HEAD') return answer;
      const { achievements } = (await answer.json()) as List;
      const late = (entry: Entry | null) => (moved.has(String(entry?.id)) ? 0 : 1);
      const sorted = achievements.sort((a, b) => late(a) - late(b));
      const cursor = from + 8 < sorted.length ? String(from + 8) : null;
      const body = JSON.stringify({ achievements: sorted.slice(from, from + 8), cursor, total: sorted.length });
      return new Response(body, { headers: answer.headers });
    };
  },
  'cursor-unknown': (good) => (request) => {
    const url = new URL(request.url);
    if (url.searchParams.get('cursor')?.startsWith('after:') === false) url.searchParams.delete('cursor');
    return good(isList(request) ? new Request(url, { headers: request.headers, method: request.method }) : request);
  },
  'etag-present': header(isList, 'etag', () => undefined),
  'etag-stable': (() => {
    let count = 0;
    return header(isList, 'etag', () => `"${count++}"`);
  })(),
  'etag-not-modified': (good) => (request) =>
    good(isList(request) ? withHeader(request, 'if-none-match', undefined) : request),
  'etag-weak': (good) => (request) =>
    good(known(request)?.startsWith('W/') ? withHeader(request, 'if-none-match', undefined) : request),
  'etag-among-others': (good) => (request) =>
    good(known(request)?.includes(',') ? withHeader(request, 'if-none-match', undefined) : request),
  'etag-other': (good) => (request) => good(known(request) ? withHeader(request, 'if-none-match', '*') : request),
  'etag-changes': (() => {
    const first = new Map<string, string>();
    return (good: Handler): Handler =>
      async (request) => {
        if (!isList(request)) return good(request);
        const etag = first.get(request.url);
        if (etag !== undefined && known(request)?.includes(etag)) {
          return new Response(null, { status: 304, headers: { etag } });
        }
        const answer = await good(request);
        const own = answer.headers.get('etag');
        if (own !== null) answer.headers.set('etag', etag ?? own);
        if (own !== null && etag === undefined) first.set(request.url, own);
        return answer;
      };
  })(),
  'cache-private': header(isList, 'cache-control', () => 'public, no-cache'),
  'cache-fresh': header(isList, 'cache-control', () => 'private, max-age=3600'),
  'language-harmless': list((page, request) =>
    request.headers.get('accept-language') === null ? page : { ...page, achievements: page.achievements.slice(1) },
  ),
  head: answering(
    ({ method }) => method === 'HEAD',
    (answer) => remade(answer, null, 500),
  ),
  options: answering(
    ({ method }) => method === 'OPTIONS',
    (answer) => remade(answer, null, 500),
  ),
  'cors-exposed': header(isList, 'access-control-expose-headers', () => 'Retry-After'),

  'report-accepted': results((all) =>
    all.map((result) => (result.outcome === 'accepted' ? { ...result, outcome: 'duplicate' } : result)),
  ),
  'report-effect': (() => {
    // Shows for ever what was so at first.
    const first = new Map<string, List>();
    return list((page, { url }) => {
      if (!first.has(url)) first.set(url, page);
      return first.get(url);
    });
  })(),
  'report-achievement': results((all) =>
    all.map((result) => ({
      ...result,
      ...(result.achievement && { achievement: { id: 'another', name: 'Another' } }),
    })),
  ),
  'report-content-type': header(isPost, 'content-type', () => 'text/plain'),
  'results-complete': results((all) => all.slice(0, 2)),
  'set-raises': taking(
    ({ set, add }) => typeof set === 'number' && add === undefined,
    (item) => ({ ...item, set: 0 }),
  ),
  'set-never-lowers': (() => {
    // Whatever came last counts: shown as what the last set said.
    let last: unknown;
    return (good: Handler): Handler => {
      const withLast = requests((items, send) => {
        for (const { set, add } of items.filter(Boolean)) {
          if (typeof set === 'number' && set > 0) last = set;
          else if (add !== undefined) last = undefined;
        }
        return send(items);
      })(good);
      return entries((entry) =>
        last === undefined || entry.id !== 'map-reader'
          ? entry
          : { ...entry, requirements: [{ id: 'main', current: last, target: 100, unit: 'percent' }] },
      )(withLast);
    };
  })(),
  'order-in-request': requests(async (items, send) => (await send(items.slice().reverse())).reverse()),
  'unlock-again': (good) => {
    // The day of the unlock is the day of the last report of it.
    let again = false;
    const noticed = requests((items, send) => {
      again ||= items.some((item) => item?.unlock === true);
      return send(items);
    })(good);
    return entries((entry) =>
      again && entry['unlockedAt'] ? { ...entry, unlockedAt: '2026-11-21T12:00:00Z' } : entry,
    )(noticed);
  },
  duplicate: forgetful(() => true),
  // Another payload under the same id is taken for another report.
  'duplicate-other-payload': (() => {
    const first = new Map<unknown, string>();
    return forgetful((item) => {
      const { id, ...rest } = item;
      const payload = JSON.stringify(rest);
      const before = first.get(id) ?? payload;
      first.set(id, before);
      return before !== payload;
    });
  })(),
  'duplicate-in-request': requests(async (items, send) => {
    // Looks for ids only before the request, not within it.
    const all: Result[] = [];
    for (const [place, item] of items.entries()) {
      const again = items.findIndex((other) => other?.id === item?.id) !== place && item?.id !== undefined;
      const sent = again ? { ...item, id: `${item.id}-again` } : item;
      all.push(...(await send([sent])).map((result) => ({ ...result, id: item?.id ?? result.id })));
    }
    return all;
  }),
  'duplicate-concurrent': (() => {
    // Looks first, and does it a moment later.
    let next = 0;
    const done = new Set<unknown>();
    return requests(async (items, send) => {
      const fresh = items.length === 1 && !done.has(items[0]?.id);
      await Promise.resolve();
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (!fresh) return send(items);
      const [item] = items;
      const again = done.has(item?.id);
      done.add(item?.id);
      const sent = again ? { ...item, id: `at-once-${next++}` } : { ...item };
      return (await send([sent])).map((result) => ({ ...result, id: item?.id ?? result.id }));
    });
  })(),
  'partial-accept': requests(async (items, send) => {
    // All or nothing.
    const bad = items.length > 1 && items.some((item) => item?.achievement === 'conformance-no-such-achievement');
    if (!bad) return send(items);
    return items.map(({ id = '' }) => ({ id, outcome: 'rejected', code: 'batch' }));
  }),
  'poison-alone': requests(async (items, send) => {
    const all = await send(items);
    return all.length === 1 && all[0]?.outcome === 'rejected' ? json({ message: 'Bad report.' }, 422) : all;
  }),
  // Only what was done is remembered.
  'poison-again': (() => {
    const rejected = new Set<string>();
    let next = 0;
    return requests(async (items, send) => {
      const sent = items.map((item) =>
        item?.id !== undefined && rejected.has(item.id) ? { ...item, id: `${item.id}~${next++}` } : item,
      );
      const all = (await send(sent)).map((result) => ({ ...result, id: result.id.replace(/~\d+$/, '') }));
      for (const { id, outcome } of all) if (outcome === 'rejected') rejected.add(id);
      return all;
    });
  })(),
  'unknown-achievement': results((all) =>
    all.map((result) => (result.code === 'unknown-achievement' ? { ...result, code: 'nope' } : result)),
  ),
  'number-text': taking(
    ({ set }) => set === 'NaN',
    (item) => ({ ...item, set: 0 }),
  ),
  'number-negative': taking(
    ({ add }) => add === -1,
    (item) => ({ ...item, add: 1 }),
  ),
  'number-zero': taking(
    ({ add, set }) => add === 0 && set === undefined,
    (item) => ({ ...item, add: undefined, set: 0 }),
  ),
  'number-huge': taking(
    ({ add }) => add === 1e308,
    (item) => ({ ...item, add: undefined, set: 0 }),
  ),
  'number-null': taking(
    ({ set }) => set === null,
    (item) => ({ ...item, set: 0 }),
  ),
  'set-and-add': taking(
    ({ set, add }) => set === 0 && add === 1,
    (item) => ({ ...item, set: undefined }),
  ),
  'nothing-done': taking(
    ({ set, add, unlock }) => set === undefined && add === undefined && unlock === undefined,
    (item) => ({ ...item, set: 0 }),
  ),
  'bad-items': requests(async (items, send) =>
    items.some((item) => item === null) ? json({ message: 'No report.' }, 400) : send(items),
  ),
  fifty: requests(async (items, send) => (items.length > 20 ? json({ message: 'Too many.' }, 413) : send(items))),
  'too-large': posted(
    (body) => body.length > 1_000_000,
    () => Promise.reject(new TypeError('other side closed')),
  ),
  'not-json': posted(
    (body) => body === '{"reports":[',
    () => json({ results: [] }),
  ),
  'no-reports': posted(
    (body) => body === '{}',
    () => json({ results: [] }),
  ),
  'empty-reports': posted(
    (body) => body === '{"reports":[]}',
    () => json({ message: 'Nothing to do.' }, 400),
  ),
  'recall-known': answering(isRecall, (answer) => (answer.status === 200 ? json({ results: [] }) : answer)),
  'recall-unknown': answering(isRecall, async (answer, { url }) => {
    if (answer.status !== 200) return answer;
    const { results: all } = (await answer.json()) as { results: Result[] };
    const ids = (new URL(url).searchParams.get('ids') ?? '').split(',');
    return json({ results: ids.map((id) => all.find((each) => each.id === id) ?? { id, outcome: 'rejected' }) });
  }),
  'recall-many': answering(isRecall, (answer, { url }) => (url.length > 500 ? json({}, 414) : answer)),
  // What is old is not looked up, as if its id had been forgotten.
  'old-report': forgetful(({ at }) => Date.parse(String(at)) < Date.UTC(2026, 9, 21)),
  // Remembers the last twenty only.
  'late-replay': (() => {
    const last: unknown[] = [];
    return forgetful(({ id }) => {
      const forgotten = last.includes(id) && last.length - last.lastIndexOf(id) > 20;
      last.push(id);
      return forgotten;
    });
  })(),

  'events-content-type': header(isEvents, 'content-type', () => 'text/plain'),
  'events-change': events((block) => (block.includes('event: change') ? undefined : block)),
  'events-id': events((block) => block.replace(/^id:.*\n/m, '')),
  'events-data': events((block) => block.replace(/^data:.*$/m, 'data: {"achievements":[{"id":"x"}]}')),
  'events-catch-up': (good) => (request) =>
    good(isEvents(request) ? withHeader(request, 'last-event-id', undefined) : request),
  'events-quiet': (good) => (request) =>
    good(
      isEvents(request) && request.headers.has('last-event-id') ? withHeader(request, 'last-event-id', 'x') : request,
    ),
  'events-keep-alive': events((block) => (block.includes('keep-alive') ? undefined : block)),

  'token-wrong': forAnybody((request, token) => isList(request) && token?.includes('wrong') === true),
  'token-missing': forAnybody((request, token) => isList(request) && token === null),
  'token-for-reports': forAnybody((request) => isReports(request)),
  'token-not-echoed': answering(
    (request) => isList(request) && request.method === 'GET',
    (answer, request) => {
      answer.headers.set('x-request', `authorization=${request.headers.get('authorization')}`);
      return answer;
    },
  ),
  'results-each-once': results((all) => (all.length > 1 ? [...all, ...all.slice(0, 1)] : all)),
  'results-well-formed': results((all) => all.map(({ code: _, ...rest }) => rest)),
  // The first of several is put off, and the others are done all the same.
  'retry-order': (() => {
    const put = new Set<unknown>();
    return requests(async (items, send) => {
      const [first, ...others] = items;
      if (!first?.id || others.length === 0 || put.has(first.id)) return send(items);
      put.add(first.id);
      return [{ id: first.id, outcome: 'retry', code: 'busy' }, ...(await send(others))];
    });
  })(),
  'no-server-errors': (good) => async (request) => {
    const answer = await good(request);
    return new URL(request.url).searchParams.get('cursor')?.startsWith('conformance') ? json({}, 500) : answer;
  },
};

/** What a case has to say where it fails. */
export const isTold = ({ expected, came, why, section }: CaseResult) =>
  [expected, came, why, section].every((text) => text !== undefined && text !== '');
