import { describe, expect, it } from 'vitest';
import type { Handler } from '../../../demo/services/http.js';
import { parseBlock } from '../../../src/conformance/event-reader.js';
import { BadUsage, conformanceCases } from '../../../src/conformance/run.js';
import { resultText, summaryText, targetText } from '../../../src/conformance/text.js';
import type { Target } from '../../../src/conformance/world.js';
import { TOKEN, runAgainst } from './support.js';

const intact = (good: Handler): Handler => good;

/** A service without an address. */
const without =
  (end: string, status = 404) =>
  (good: Handler): Handler =>
  (request) =>
    new URL(request.url).pathname.endsWith(end) ? Promise.resolve(new Response(null, { status })) : good(request);

/** Counts the requests that could change something. */
function counting(methods: string[]) {
  return (good: Handler): Handler =>
    (request) => {
      methods.push(request.method);
      return good(request);
    };
}

const reasonsOf = ({ results }: Awaited<ReturnType<typeof runAgainst>>) => [
  ...new Set(results.flatMap(({ reason }) => reason ?? [])),
];

describe('what a service does not have', () => {
  it('is skipped with the reason: no reports', async () => {
    const report = await runAgainst(without('/reports', 405));
    expect(report.named('failed')).toEqual([]);
    expect(reasonsOf(report)).toEqual(['the service takes no reports (status 405)']);
    expect(report.counts.passed).toBeGreaterThan(15);
  });

  it('is skipped with the reason: no events', async () => {
    const report = await runAgainst(without('/events'));
    expect(report.named('failed')).toEqual([]);
    expect(reasonsOf(report)).toEqual(['the service tells no events (status 404)']);
  });

  it('is skipped with the reason: one page, no token, no time', async () => {
    const onePage = (good: Handler): Handler => {
      return (request) => {
        const url = new URL(request.url);
        url.searchParams.set('limit', '500');
        const headers = new Headers(request.headers);
        headers.set('authorization', `Bearer ${TOKEN}`);
        const { method, body, signal } = request;
        return good(new Request(url, { method, headers, body, signal, ...(body && { duplex: 'half' }) }));
      };
    };
    const report = await runAgainst(onePage, { token: undefined, slow: false });
    expect(report.named('failed')).toEqual([]);
    expect(reasonsOf(report)).toEqual([
      'the list has one page',
      'it takes half a minute: --slow',
      'no token was given',
    ]);
  });

  it('is a warning where pages of other origins are not let in', async () => {
    const report = await runAgainst((good) => async (request) => {
      const answer = await good(request);
      answer.headers.delete('access-control-allow-origin');
      return answer;
    });
    expect([report.named('failed'), report.named('warned')]).toEqual([[], ['cors-exposed']]);
  });

  it('fails where there is no service at all, and tells why', async () => {
    const refused = Object.assign(new TypeError('fetch failed'), { cause: new Error(`ECONNREFUSED ${TOKEN}`) });
    const report = await runAgainst(() => () => Promise.reject(refused));
    expect(report.named('passed')).toEqual([]);
    expect(report.results[0]).toMatchObject({ id: 'list-shape', outcome: 'failed' });
    expect(report.results[0]?.came).toBe('/achievements gave no answer (fetch failed: ECONNREFUSED …)');
    expect(report.results[2]?.reason).toContain('the list could not be read');
  });

  it('fails where nothing ever comes, and does not wait for ever', async () => {
    const report = await runAgainst(() => () => new Promise(() => undefined), { only: ['list-shape'] });
    expect(report.results[0]?.came).toBe('/achievements did not answer within 15 s');
  });
});

describe('what is changed', () => {
  it('is nothing with --read-only', async () => {
    const methods: string[] = [];
    const report = await runAgainst(counting(methods), { readOnly: true });
    expect(report.named('failed')).toEqual([]);
    expect(new Set(methods)).toEqual(new Set(['GET', 'HEAD', 'OPTIONS']));
    expect(report.target).toBeUndefined();
  });

  it('is the achievement with the longest way to go, told before', async () => {
    const targets: Target[] = [];
    await runAgainst(intact, { onTarget: (target) => targets.push(target), only: ['duplicate'] });
    expect(targets).toEqual([{ id: 'map-reader', name: 'Paper Map, Please', step: 1, current: 45, target: 100 }]);
    expect(targetText(targets[0]!)).toContain('Raises “Paper Map, Please” (map-reader), now 45 of 100, in steps of 1');
  });

  it('is the one that was named, as far as its way goes, and never its unlock', async () => {
    const report = await runAgainst(intact, { achievement: 'birdsong' });
    expect(report.target).toMatchObject({ id: 'birdsong', step: 1 });
    expect(report.named('failed')).toEqual([]);
    expect(reasonsOf(report).at(-1)).toBe('the achievement is at 19 of 20: name another with --achievement');
  });

  it('waits where the service was asked too often', async () => {
    let left = 2;
    const report = await runAgainst(
      (good) => (request) =>
        left-- > 0
          ? Promise.resolve(new Response(null, { status: 429, headers: { 'retry-after': '7' } }))
          : good(request),
      { only: ['list-shape'] },
    );
    expect(report.named('passed')).toEqual(['list-shape']);
  });
});

describe('the options', () => {
  it.each([
    [{ url: 'achievements.json' }, 'achievements.json is no URL that begins with http: or https:.'],
    [{ url: 'ftp://service.test/' }, 'ftp://service.test/ is no URL that begins with http: or https:.'],
    [{ url: 'http://a:b@service.test/' }, 'The URL holds a password. Use --token or --header.'],
    [{ only: ['list-shape', 'nothing'] }, 'There is no case nothing. --list names them all.'],
    [
      { achievement: 'first-steps' },
      'The achievement first-steps is not in the list, or is not open, or has no numbers to move.',
    ],
  ])('are refused with a reason: %j', async (options, message) => {
    await expect(runAgainst(intact, options)).rejects.toThrow(new BadUsage(message));
  });

  it('choose the player, and add headers to every request', async () => {
    const asked: string[] = [];
    const note =
      (good: Handler): Handler =>
      (request) => {
        asked.push(`${new URL(request.url).search} ${request.headers.get('x-key')}`);
        return good(request);
      };
    await runAgainst(note, { player: 'wren', headers: { 'x-key': 'k' }, only: ['report-accepted'] });
    expect(asked.length).toBeGreaterThan(4);
    expect(asked.filter((each) => !/^\?player=wren(?:&cursor=\S+)? k$/.test(each))).toEqual([]);
  });

  it('choose the cases', async () => {
    const { results } = await runAgainst(intact, { only: ['duplicate', 'etag-weak'] });
    expect(results.map(({ id }) => id)).toEqual(['etag-weak', 'duplicate']);
  });

  it('can end it, with what was found until then', async () => {
    const stop = new AbortController();
    const report = await runAgainst(intact, {
      signal: stop.signal,
      onResult: ({ id }) => id === 'ids-unique' && stop.abort(),
    });
    expect(report.stopped).toBe(true);
    expect(report.results.map(({ id }) => id)).toEqual(conformanceCases.slice(0, 6).map(({ id }) => id));
    expect(summaryText(report)).toBe('Stopped: 6 passed, 0 failed, 0 warned, 0 skipped');
    expect(report.clock.waiting).toBe(0);
  });
});

describe('what is printed', () => {
  it('says what was expected, what came, why it matters and where to read on', () => {
    const text = resultText({
      id: 'duplicate',
      title: 'A report is done once',
      outcome: 'failed',
      expected: '"duplicate"',
      came: '"accepted"',
      why: 'Answers are lost.',
      section: 'idempotency',
    });
    expect(text.split('\n')).toEqual([
      'FAIL  duplicate: A report is done once',
      '      expected  "duplicate"',
      '      came      "accepted"',
      '      why       Answers are lost.',
      '      see       docs/protocol.md#idempotency',
    ]);
  });

  it('has no characters of the service that a terminal obeys', async () => {
    const report = await runAgainst(() => () => Promise.resolve(new Response('\u001b[2J\u202e{', { status: 400 })), {
      only: ['list-shape'],
    });
    expect(report.results[0]?.came).toBe('400 [2J {');
  });
});

it.each([
  ['event: change\nid: 5\ndata: {}', { event: 'change', id: '5', data: '{}' }],
  ['event:change\nid', { event: 'change', id: '' }],
  ['data: a\ndata:b', { data: 'a\nb' }],
  [': keep-alive', { comment: 'keep-alive' }],
  ['retry: 5\nunknown: x', {}],
])('reads a block of an event stream: %j', (text, block) => {
  expect(parseBlock(text)).toEqual(block);
});
