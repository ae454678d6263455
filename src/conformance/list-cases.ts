import { parseTime } from '../model/time.js';
import { type ConformanceCase, Doubtful, NotTested, Unmet, check } from './case.js';
import { excerpt } from './service.js';
import { type World, told } from './world.js';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/i;

const typeOf = (headers: Headers) => (headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';

async function etagOf({ service }: World): Promise<string> {
  const etag = (await service.ask(service.url)).headers.get('etag');
  if (etag === null) throw new NotTested('the list has no ETag');
  return etag;
}

/** Whether the first page is answered with 304 where a page says that it knows these tags. */
async function expectKnown(world: World, known: string, because: string): Promise<void> {
  const { service } = world;
  const answer = await service.ask(service.url, { headers: { 'if-none-match': known } });
  check(answer.status === 304, `304, ${because}`, () => `${answer.status}`);
  check(answer.text === '', 'a 304 without a body', () => excerpt(answer.text));
}

/** Every id that is given twice. */
const doubled = (ids: readonly (string | undefined)[]) => ids.filter((id, index) => id && ids.indexOf(id) !== index);

function expectWhole(before: readonly unknown[], ids: readonly (string | undefined)[]): void {
  const [twice] = doubled(ids);
  check(twice === undefined, 'each achievement on one page', () => `${excerpt(String(twice))} twice`);
  const lost = before.find((id) => !ids.includes(id as string));
  check(lost === undefined, 'every achievement on some page', () => `none has ${excerpt(String(lost))}`);
}

/** The members of an achievement that are times. */
function timesOf(entry: unknown): [string, unknown][] {
  const { startedAt, unlockedAt, resetsAt, window } = Object(entry) as Record<string, unknown>;
  const { startsAt, endsAt } = Object(window) as Record<string, unknown>;
  return Object.entries({ startedAt, unlockedAt, resetsAt, startsAt, endsAt }).filter(([, value]) => value != null);
}

const STATES = /^(?:locked|in[-_ ]?progress|unlocked|expired|scheduled)$/i;

export const listCases: readonly ConformanceCase[] = [
  {
    id: 'list-shape',
    title: 'The list is an object with achievements, or an array of them',
    why: 'Nothing can be shown otherwise.',
    section: 'the-list',
    needs: [],
    async run(world) {
      const { answer, entries } = await world.page();
      check(
        entries.length > 0,
        'at least one achievement, so that the other cases have something to read',
        () => 'none',
      );
      if (Array.isArray(answer.body)) return;
      const { cursor, total } = answer.body as Record<string, unknown>;
      const text = cursor == null || typeof cursor === 'string' || typeof cursor === 'number';
      check(text, 'a cursor that is null or a text', () => excerpt(JSON.stringify(cursor)));
      const whole = total == null || Number.isInteger(total);
      check(whole, 'a total that is a whole number, or none', () => excerpt(JSON.stringify(total)));
    },
  },
  {
    id: 'list-content-type',
    title: 'The list is sent as application/json',
    why: 'Proxies and browsers go by the type, and a page of HTML that was sent by mistake is told by it.',
    section: 'the-list',
    needs: [],
    async run({ service }) {
      const { headers } = await service.ask(service.url);
      check(JSON_TYPE.test(typeOf(headers)), 'application/json', () => typeOf(headers) || 'no content type');
    },
  },
  {
    id: 'achievements-valid',
    title: 'Every achievement fits the schema',
    why: 'One that does not is left out of what the player sees.',
    section: 'an-achievement',
    needs: ['list'],
    async run(world) {
      const entries = (await world.pages()).flatMap((page) => page.entries);
      const wrong = entries.flatMap((entry, index) => {
        const made = entry === null ? 'item: expected object' : world.read(entry, index);
        return typeof made === 'string' ? [`[${index}] ${made}`] : [];
      });
      check(wrong.length === 0, 'achievements as in docs/protocol.schema.json', () => wrong.slice(0, 3).join('; '));
    },
  },
  {
    id: 'achievement-states',
    title: 'Every state is a word of the protocol',
    why: 'Another word is shown as unknown: neither locked nor unlocked.',
    section: 'an-achievement',
    needs: ['list'],
    async run(world) {
      const entries = (await world.pages()).flatMap((page) => page.entries);
      const states = entries.map((entry) => (Object(entry) as Record<string, unknown>)['state']);
      const wrong = states.find((state) => state != null && !(typeof state === 'string' && STATES.test(state)));
      check(wrong === undefined, 'locked, in-progress, unlocked, expired, scheduled or no state', () =>
        excerpt(JSON.stringify(wrong)),
      );
    },
  },
  {
    id: 'achievement-times',
    title: 'Every time is RFC 3339, or milliseconds since 1970',
    why: 'A time that cannot be read is left out, and a challenge without its end looks as if it were open for ever.',
    section: 'an-achievement',
    needs: ['list'],
    async run(world) {
      const entries = (await world.pages()).flatMap((page) => page.entries);
      const wrong = entries
        .flatMap(timesOf)
        .find(([, value]) => typeof value !== 'number' && !parseTime(String(value)));
      check(
        wrong === undefined,
        'times such as 2026-01-18T02:48:21Z',
        () => `${wrong?.[0]}: ${excerpt(JSON.stringify(wrong?.[1]))}`,
      );
    },
  },
  {
    id: 'ids-unique',
    title: 'No two achievements have the same id',
    why: 'The second one is left out, and a report could mean either.',
    section: 'an-achievement',
    needs: ['list'],
    async run(world) {
      // Within a page: what comes on two pages is another promise.
      for (const { entries } of await world.pages()) {
        const [twice] = doubled(entries.map((entry) => String((Object(entry) as Record<string, unknown>)['id'])));
        check(twice === undefined, 'each id once', () => `${excerpt(String(twice))} twice`);
      }
    },
  },
  {
    id: 'paging-complete',
    title: 'The pages end, and hold each achievement once',
    why: 'What is on no page is not shown, and pages that never end are cut off.',
    section: 'paging',
    needs: ['list', 'pages'],
    async run(world) {
      expectWhole([], await world.ids());
    },
  },
  {
    id: 'paging-total',
    title: 'The total is how many there are on all pages',
    why: 'It is what “12 of 73” says while the rest is read.',
    section: 'paging',
    needs: ['list'],
    async run(world) {
      const pages = await world.pages();
      const totals = pages.flatMap(({ total }) => total ?? []);
      if (totals.length === 0) throw new NotTested('the list tells no total');
      const count = pages.reduce((sum, { entries }) => sum + entries.length, 0);
      check(
        totals.every((total) => total === count),
        `a total of ${count}`,
        () => totals.join(', '),
      );
    },
  },
  {
    id: 'paging-under-change',
    title: 'Progress between two pages loses and doubles nothing',
    why: 'A player who plays on while the list is read would see an achievement twice, or not at all.',
    section: 'paging',
    needs: ['list', 'pages', 'reports', 'target'],
    steps: 1,
    async run(world) {
      const before = await world.ids();
      expectWhole(before, await world.ids(() => world.outcome(world.add())));
    },
  },
  {
    id: 'cursor-unknown',
    title: 'A cursor that nobody gave is refused with 400, 404 or 410',
    why: 'The page then reads the list anew; a first page in its place would be shown twice.',
    section: 'paging',
    needs: ['list', 'pages'],
    async run({ service }) {
      const answer = await service.ask(service.pageUrl('conformance-no-such-cursor'));
      check([400, 404, 410].includes(answer.status), '400, 404 or 410', () => told(answer));
    },
  },
  {
    id: 'etag-present',
    title: 'The list has an ETag',
    why: 'Without one every poll sends the whole list again.',
    section: 'etag-and-caching',
    needs: ['list'],
    async run(world) {
      for (const { answer } of await world.pages()) {
        const etag = answer.headers.get('etag') ?? 'none';
        check(/^(?:W\/)?"[^"]*"$/.test(etag), 'an ETag in quotation marks on every page', () => excerpt(etag));
      }
    },
  },
  {
    id: 'etag-stable',
    title: 'The ETag stays as long as nothing changes',
    why: 'One that is new each time is worth as much as none.',
    section: 'etag-and-caching',
    needs: ['list'],
    async run(world) {
      const first = await etagOf(world);
      const second = await etagOf(world);
      check(first === second, `${first} again`, () => excerpt(second));
    },
  },
  {
    id: 'etag-not-modified',
    title: 'What is known is answered with 304 and no body',
    why: 'It is what makes polling cheap.',
    section: 'etag-and-caching',
    needs: ['list'],
    async run(world) {
      await expectKnown(world, await etagOf(world), 'since nothing has changed');
    },
  },
  {
    id: 'etag-weak',
    title: 'An ETag is compared weakly',
    why: 'Proxies that compress make W/"…" of it, and the list would never be known (RFC 9110, section 13.1.2).',
    section: 'etag-and-caching',
    needs: ['list'],
    async run(world) {
      const etag = await etagOf(world);
      await expectKnown(world, etag.startsWith('W/') ? etag.slice(2) : `W/${etag}`, 'since W/ makes no difference');
    },
  },
  {
    id: 'etag-among-others',
    title: 'An ETag is found among several',
    why: 'Caches on the way add the ones that they know (RFC 9110, section 13.1.2).',
    section: 'etag-and-caching',
    needs: ['list'],
    async run(world) {
      await expectKnown(world, `"conformance-other", ${await etagOf(world)}`, 'since one of two is the right one');
    },
  },
  {
    id: 'etag-other',
    title: 'An ETag that is not the present one is answered with the list',
    why: 'A player would never see what changed.',
    section: 'etag-and-caching',
    needs: ['list'],
    async run({ service }) {
      const answer = await service.ask(service.url, { headers: { 'if-none-match': '"conformance-other"' } });
      check(answer.status === 200, '200 and the list', () => `${answer.status}`);
    },
  },
  {
    id: 'etag-changes',
    title: 'The ETag changes with the achievements of its page',
    why: 'A player would never see what changed.',
    section: 'etag-and-caching',
    needs: ['list', 'reports', 'target'],
    steps: 1,
    async run(world) {
      const { id } = world.moving;
      const holds = (entry: unknown) => String((Object(entry) as Record<string, unknown>)['id']) === id;
      let cursor: string | undefined;
      for (;;) {
        const page = await world.page(cursor);
        if (page.entries.some(holds)) break;
        if (page.cursor === undefined) throw new Unmet(`the achievement ${id} on a page`, 'no page with it');
        cursor = page.cursor;
      }
      const { headers, url } = (await world.page(cursor)).answer;
      const etag = headers.get('etag');
      if (etag === null) throw new NotTested('the list has no ETag');
      await world.outcome(world.add());
      const after = await world.service.ask(url, { headers: { 'if-none-match': etag } });
      check(after.status === 200, '200 after a report was accepted', () => `${after.status}`);
      const changed = after.headers.get('etag') !== etag;
      check(changed, 'another ETag', () => etag);
    },
  },
  {
    id: 'cache-private',
    title: 'No shared cache may keep the list',
    why: 'A player would see the achievements of another one.',
    section: 'etag-and-caching',
    needs: ['list'],
    async run({ service }) {
      const control = (await service.ask(service.url)).headers.get('cache-control') ?? '';
      const kept = /\bpublic\b|\bs-maxage\s*=/i.test(control);
      const denied = /\bprivate\b|\bno-store\b/i.test(control);
      check(denied && !kept, 'Cache-Control with private or no-store', () => excerpt(control) || 'no Cache-Control');
    },
  },
  {
    id: 'cache-fresh',
    title: 'No cache may give the list away without asking',
    why: 'The player would see old progress right after an unlock.',
    section: 'etag-and-caching',
    needs: ['list'],
    async run({ service }) {
      const control = (await service.ask(service.url)).headers.get('cache-control') ?? '';
      const [, age = '0'] = /\bmax-age\s*=\s*"?(\d+)/i.exec(control) ?? [];
      const asks = /\bno-(?:cache|store)\b/i.test(control) || Number(age) <= 60;
      check(asks, 'no-cache, no-store or a max-age of at most 60', () => excerpt(control));
    },
  },
  {
    id: 'language-harmless',
    title: 'No language makes a difference to which achievements there are',
    why: 'A player with another language would miss some.',
    section: 'the-list',
    needs: ['list'],
    async run(world) {
      const ids = (entries: readonly unknown[]) =>
        entries.map((entry) => String((Object(entry) as Record<string, unknown>)['id'])).join();
      const { service } = world;
      const wanted = ids((await world.page()).entries);
      const answer = await service.ask(service.url, { headers: { 'accept-language': 'tlh, x-none;q=0.5, *;q=0' } });
      check(answer.status === 200, '200, in whatever language there is', () => told(answer));
      const { body } = answer;
      const { achievements } = Object(body) as Record<string, unknown>;
      const entries = (Array.isArray(body) ? body : achievements) as unknown[];
      check(ids(entries) === wanted, 'the same achievements', () => 'others');
    },
  },
  {
    id: 'head',
    title: 'HEAD is answered as GET is, without the body, or refused',
    why: 'Monitors and caches ask so, and must neither fail nor learn something else.',
    section: 'the-list',
    needs: ['list'],
    async run(world) {
      const { service } = world;
      const { status, headers } = await service.ask(service.url, { method: 'HEAD' });
      if ([403, 404, 405, 501].includes(status)) return;
      check(status === 200, '200 or 405', () => `${status}`);
      const etag = headers.get('etag') ?? 'no ETag';
      const wanted = (await service.ask(service.url)).headers.get('etag') ?? 'no ETag';
      check(etag === wanted, `${wanted}, as for GET`, () => excerpt(etag));
    },
  },
  {
    id: 'options',
    title: 'OPTIONS is answered',
    why: 'Browsers ask so before a request with a token or a report from another origin.',
    section: 'pages-of-other-origins',
    needs: ['list'],
    async run({ service }) {
      const headers = { origin: originOf(service.url), 'access-control-request-method': 'GET' };
      const answer = await service.ask(service.url, { method: 'OPTIONS', headers, token: null });
      check(answer.status < 500 || answer.status === 501, '204, 200 or a refusal', () => told(answer));
    },
  },
  {
    id: 'cors-exposed',
    title: 'A page of another origin may read ETag and Retry-After',
    why: 'It would read the whole list each time, and come back sooner than it was asked to.',
    section: 'pages-of-other-origins',
    needs: ['list'],
    async run({ service }) {
      const { headers } = await service.ask(service.url, { headers: { origin: originOf(service.url) } });
      const allowed = headers.get('access-control-allow-origin');
      if (allowed === null) {
        throw new Doubtful(
          'Access-Control-Allow-Origin, where pages of other origins ask (name one: --header "Origin: https://…")',
          'none: only pages of the same origin can',
        );
      }
      const exposed = (headers.get('access-control-expose-headers') ?? '').toLowerCase().split(/\s*,\s*/);
      const missing = ['etag', 'retry-after'].filter((name) => !exposed.includes(name) && !exposed.includes('*'));
      check(
        missing.length === 0,
        'Access-Control-Expose-Headers: ETag, Retry-After',
        () => exposed.join(', ') || 'none',
      );
      if (allowed === '*') return;
      const vary = (headers.get('vary') ?? '').toLowerCase();
      check(/\borigin\b|\*/.test(vary), 'Vary: Origin, since the answer names one', () => vary || 'no Vary');
    },
  },
];

/** Some other origin; the header that was given by hand wins over it. */
const originOf = (url: string) => (new URL(url).protocol === 'https:' ? 'https://game.example' : 'http://game.example');
