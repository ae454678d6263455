import { describe, expect, it } from 'vitest';
import { json } from '../../../src/backends/json.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { type XboxOptions, xbox } from '../../../src/backends/xbox.js';
import { type Backend, type Fresh, type Problem, completenessOf } from '../../../src/model/index.js';
import { type Seen, callWith, service } from './support.js';

const src = 'https://game.example/a';
const earnedSrc = 'https://game.example/earned';
const item = (id: number) => ({ id: String(id), name: `Item ${id}` });
const items = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => item(from + index));
const xboxPage = (achievements: readonly unknown[], continuationToken: unknown, totalRecords?: unknown) => ({
  achievements,
  pagingInfo: { continuationToken, totalRecords },
});
const half = '\ud800';

/** What a service answers to one request after the other; the last answer comes again. */
type Answers = readonly object[];

interface Pulled {
  readonly fresh: Fresh;
  readonly requests: readonly Seen[];
}

async function pull(backend: Backend, answers: Answers | ((seen: Seen, index: number) => object)): Promise<Pulled> {
  const respond =
    typeof answers === 'function'
      ? answers
      : (_seen: Seen, index: number) => answers[Math.min(index, answers.length - 1)]!;
  const { fetch, requests } = service(respond);
  const fresh = (await backend.pull(undefined, callWith({ fetch }))) as Fresh;
  return { fresh, requests };
}

/** How many are known, of how many ("?": nobody says), and the problem's code; nothing of one that is whole. */
function read(fresh: Fresh): string {
  const { isWhole, known, total } = completenessOf(fresh);
  return isWhole && !fresh.problem ? 'whole' : `${known} of ${total ?? '?'} ${fresh.problem?.code}`;
}

type Case = readonly [name: string, backend: Backend, answers: Answers, expected: string, requests: number];

const PROXY = /Check that the proxy passes on the query and the paging information/;

describe('an answer that is short is told', () => {
  it.each<Case>([
    ['whose proxy drops the token', xbox({ src }), [xboxPage(items(1, 2), null, 73)], '2 of 73 incomplete', 1],
    [
      'whose proxy drops the cursor',
      json({ src }),
      [{ achievements: items(1, 2), total: 73 }],
      '2 of 73 incomplete',
      1,
    ],
    ['whose count is a text', xbox({ src }), [xboxPage(items(1, 2), null, '73')], '2 of 73 incomplete', 1],
    [
      'whose count stands on a later page alone',
      json({ src }),
      [
        { achievements: items(1, 2), cursor: 'b' },
        { achievements: items(3, 3), total: 9 },
      ],
      '3 of 9 incomplete',
      2,
    ],
    [
      'that ends with an empty page',
      talonOne({ src }),
      [
        { totalResultSize: 73, data: items(1, 2) },
        { totalResultSize: 73, data: [] },
      ],
      '2 of 73 incomplete',
      2,
    ],
    ['that is empty although it counts', json({ src }), [{ achievements: [], total: 73 }], '0 of 73 incomplete', 1],
    [
      'that says there is no more, but counts more',
      talonOne({ src }),
      [{ totalResultSize: 73, hasMore: false, data: items(1, 2) }],
      '2 of 73 incomplete',
      1,
    ],
    [
      'that says there is more, after an empty page',
      talonOne({ src }),
      [
        { hasMore: true, data: items(1, 2) },
        { hasMore: true, data: [] },
      ],
      '2 of ? incomplete',
      2,
    ],
    [
      'in a form without pages, which says that there is more',
      talonOne({ src }),
      [{ hasMore: true, achievements: items(1, 2) }],
      '2 of ? incomplete',
      1,
    ],
    [
      'in a form without pages, which counts more',
      talonOne({ src }),
      [{ totalResultSize: 73, achievements: items(1, 2) }],
      '2 of 73 incomplete',
      1,
    ],
    [
      'that begins later, as its address says, and counts from the beginning',
      talonOne({ src: `${src}?skip=70` }),
      [{ totalResultSize: 73, hasMore: false, data: items(71, 72) }],
      '2 of 3 incomplete',
      1,
    ],
    [
      'that begins later and has pages',
      xbox({ src: `${src}?skipItems=70` }),
      [xboxPage(items(71, 72), null, 73)],
      '2 of 3 incomplete',
      1,
    ],
    [
      'whose token comes again',
      xbox({ src }),
      [xboxPage(items(1, 2), '2', 73), xboxPage(items(3, 4), '2', 73)],
      '4 of 73 incomplete',
      2,
    ],
    ['whose token comes again, uncounted', xbox({ src }), [xboxPage(items(1, 2), '2')], '2 of ? incomplete', 2],
    [
      'whose proxy drops the question',
      talonOne({ src }),
      [{ totalResultSize: 73, data: items(1, 32) }],
      '32 of 73 incomplete',
      2,
    ],
  ])('%s', async (_name, backend, answers, expected, count) => {
    const { fresh, requests } = await pull(backend, answers);
    expect(read(fresh)).toBe(expected);
    expect(requests).toHaveLength(count);
    expect(fresh.problem?.message).toMatch(PROXY);
    expect(fresh).not.toHaveProperty('validator');
  });

  it('whose first page comes again under new cursors, after two requests and not forty', async () => {
    const { fresh, requests } = await pull(json({ src }), (_seen, index) => ({
      achievements: items(1, 32),
      cursor: `page ${index + 2}`,
      total: 73,
    }));
    expect(read(fresh)).toBe('32 of 73 incomplete');
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['an object', { page: 2 }, 'its cursor is no text'],
    ['a list', ['b'], 'its cursor is no text'],
    ['true', true, 'its cursor is no text'],
    ['longer than anybody sends', 'x'.repeat(2049), 'its cursor is longer than 2048 characters'],
    ['half a character', half, 'its cursor is no well-formed text'],
  ])('whose cursor is %s: the pages read so far are shown', async (_name, cursor, reason) => {
    for (const [backend, body] of [
      [json({ src }), { achievements: items(1, 2), cursor, total: 73 }],
      [xbox({ src }), xboxPage(items(1, 2), cursor, 73)],
    ] as const) {
      const { fresh, requests } = await pull(backend, [body]);
      expect(read(fresh)).toBe('2 of 73 incomplete');
      expect(fresh.problem?.message).toContain(`Only 2 of 73 achievements are shown. The page that follows`);
      expect(fresh.problem?.message).toContain(reason);
      expect(requests).toHaveLength(1);
    }
  });

  it('that is cut at the page limit, and what to do', async () => {
    const { fresh } = await pull(json({ src, pageLimit: 2 }), (_seen, index) => ({
      achievements: [item(index)],
      cursor: String(index),
      total: 5,
    }));
    expect(read(fresh)).toBe('2 of 5 incomplete');
    expect(fresh.problem?.message).toContain('raise pageLimit (2)');
  });

  it('that has more than it counts before the limit: then nobody knows how many', async () => {
    const { fresh } = await pull(json({ src, pageLimit: 2 }), (_seen, index) => ({
      achievements: [item(2 * index), item(2 * index + 1)],
      cursor: String(index),
      total: 2,
    }));
    expect(read(fresh)).toBe('4 of ? incomplete');
  });

  it.each([0, -1, NaN])('never with a page limit of %d, which is none', async (pageLimit) => {
    const { fresh } = await pull(json({ src, pageLimit }), [{ achievements: items(1, 2), cursor: null }]);
    expect(fresh.achievements).toHaveLength(2);
  });

  it('with the entries that could not be read: one problem, with both', async () => {
    const { fresh } = await pull(json({ src }), [{ achievements: [...items(1, 2), 7], total: 73 }]);
    expect(read(fresh)).toBe('2 of 73 incomplete');
    expect(fresh.problem?.message).toMatch(/^Only 2 of 73 .* 1 of 3 achievements could not be read/);
    expect(fresh.problem?.skipped).toHaveLength(1);
  });

  it('only as unreadable where that is all that is missing', async () => {
    const bad = Array<null>(200).fill(null);
    for (const body of [{ achievements: [...items(1, 2), ...bad], total: 202 }, [...items(1, 2), ...bad]]) {
      const { fresh } = await pull(json({ src }), [body]);
      expect(read(fresh)).toBe('2 of 202 bad-shape');
    }
  });

  it('by its second list too: a short one takes unlocks away', async () => {
    const { fresh } = await pull(xbox({ src, earnedSrc, contract: 1 }), ({ url }) =>
      url.startsWith(earnedSrc)
        ? xboxPage([{ ...item(1), unlocked: true, titleId: 1 }], null, 2)
        : xboxPage(
            [1, 2, 3].map((id) => ({ ...item(id), unlocked: false, titleId: 1 })),
            null,
            3,
          ),
    );
    expect(read(fresh)).toBe('3 of ? incomplete');
    expect(fresh.problem?.message).toContain('/earned: Only 1 of 2 achievements are shown.');
  });

  it('by its second list of which nothing can be read', async () => {
    const { fresh } = await pull(xbox({ src, earnedSrc, contract: 1 }), ({ url }) =>
      url.startsWith(earnedSrc) ? xboxPage([7], null, 2) : xboxPage(items(1, 3), null, 3),
    );
    expect(read(fresh)).toBe('3 of ? incomplete');
    expect(fresh.problem?.message).toMatch(/\/earned: Only 0 of 2 .* could not be read/);
  });

  it('again the next time, although nothing changed', async () => {
    const body = { achievements: items(1, 2), total: 73 };
    const { fresh } = await pull(json({ src }), [body]);
    const { fetch } = service(() => body);
    const again = (await json({ src }).pull(fresh.validator, callWith({ fetch }))) as Fresh;
    expect(read(again)).toBe('2 of 73 incomplete');
  });
});

describe('an answer that is whole is not doubted', () => {
  it.each<Case>([
    ['without a count', json({ src }), [items(1, 2)], 'whole', 1],
    ['with one', json({ src }), [{ achievements: items(1, 2), cursor: null, total: 2 }], 'whole', 1],
    ['with a count that is less than it gives', json({ src }), [{ achievements: items(1, 5), total: 2 }], 'whole', 1],
    ['with a count that is none', json({ src }), [{ achievements: items(1, 2), total: 'many' }], 'whole', 1],
    ['with a count that cannot be one', json({ src }), [{ achievements: items(1, 2), total: 2.5 }], 'whole', 1],
    [
      'that names a page after the last, which is empty',
      json({ src }),
      [{ achievements: items(1, 2), cursor: 'b' }, { achievements: [] }],
      'whole',
      2,
    ],
    [
      'that names itself again once everything has come',
      xbox({ src }),
      [xboxPage(items(1, 2), '2', 3), xboxPage(items(3, 3), '2', 3)],
      'whole',
      2,
    ],
    [
      'from a file that gives everything whatever is asked',
      json({ src }),
      [{ achievements: items(1, 2), cursor: 'b', total: 2 }],
      'whole',
      2,
    ],
    [
      'with an empty page in its middle',
      json({ src }),
      [
        { achievements: items(1, 2), cursor: 'b', total: 3 },
        { achievements: [], cursor: 'c' },
        { achievements: [], cursor: 'd' },
        { achievements: items(3, 3) },
      ],
      'whole',
      4,
    ],
    ['whose cursor is false', json({ src }), [{ achievements: items(1, 2), cursor: false }], 'whole', 1],
    [
      'whose cursor is a number',
      json({ src }),
      [{ achievements: items(1, 2), cursor: 2 }, { achievements: items(3, 3) }],
      'whole',
      2,
    ],
    [
      'that begins later, as its address says',
      xbox({ src: `${src}?skipItems=70` }),
      [xboxPage(items(71, 73), null, 73)],
      'whole',
      1,
    ],
  ])('%s', async (_name, backend, answers, expected, count) => {
    const { fresh, requests } = await pull(backend, answers);
    expect(read(fresh)).toBe(expected);
    expect(requests).toHaveLength(count);
    expect(fresh).toHaveProperty('validator');
  });

  it('cut at a limit that is just enough', async () => {
    const { fresh } = await pull(json({ src, pageLimit: 1 }), [{ achievements: items(1, 2), cursor: 'b', total: 2 }]);
    expect(read(fresh)).toBe('whole');
  });
});

describe('an Xbox answer without any achievement', () => {
  const problemWith = async (options: Partial<XboxOptions>): Promise<Problem | undefined> =>
    (await pull(xbox({ src, ...options }), [xboxPage([], null, 0)])).fresh.problem;

  it.each<Partial<XboxOptions>>([{}, { contract: 1 }, { contract: 3 }, { headers: { 'X-XBL-Contract-Version': '1' } }])(
    'is doubted where the contract knows Xbox 360 titles only: %j',
    async (options) => {
      const problem = await problemWith(options);
      expect(problem?.code).toBe('incomplete');
      expect(problem?.message).toMatch(/Contracts 1 and 3.*Xbox 360 only.*contract 2 or 4/);
    },
  );

  it.each<Partial<XboxOptions>>([{ contract: 2 }, { contract: 4 }, { headers: { 'X-XBL-Contract-Version': '4' } }])(
    'is what it says with a contract for modern titles: %j',
    async (options) => {
      expect(await problemWith(options)).toBeUndefined();
    },
  );

  it('is not doubted twice where it is short anyway', async () => {
    const { fresh } = await pull(xbox({ src }), [xboxPage([], null, 73)]);
    expect(read(fresh)).toBe('0 of 73 incomplete');
    expect(fresh.problem?.message).not.toContain('Contracts');
  });
});
