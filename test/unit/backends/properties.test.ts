import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { json } from '../../../src/backends/json.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import { ProblemError } from '../../../src/model/index.js';
import { parseRetryAfter } from '../../../src/backends/http.js';
import { NOW, callWith, members, service } from './support.js';

const src = 'https://game.example/a';

/** Names that the services use, so that arbitrary data gets past the first look. */
const names = [
  'achievements', 'achievement', 'data', 'pagingInfo', 'continuationToken', 'totalResultSize', 'hasMore', 'cursor', 'id',
  'achievementId', 'name', 'title', 'progressState', 'progression', 'requirements', 'current', 'target', 'timeUnlocked',
  'progress', 'currentProgress', 'status', 'rewards', 'value', 'kind', 'type', 'media', 'mediaAssets', 'icon', 'url', 'rarity',
  'window', 'timeWindow', 'startDate', 'endDate', 'titles', 'unlocked', 'gamerscore', 'titleId', 'imageId', '__proto__',
]; // prettier-ignore
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    '0',
    '7',
    'Achieved',
    'inprogress',
    'completed',
    '2026-01-01T00:00:00Z',
    1e308,
    -1,
    0.5,
  ),
  fc.double(),
  fc.string({ unit: 'binary' }),
  fc.jsonValue({ maxDepth: 1 }),
);
const { node: anything } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...names), tie('node'), { maxKeys: 8 }),
  ),
}));
/** Lists of items that have at least what is required. */
const items = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.dictionary(fc.constantFrom(...names), anything, { maxKeys: 8 }))
    .map(([id, more]) => ({
      ...more,
      id,
      name: 'Name',
    })),
  { minLength: 1, maxLength: 4 },
);

describe.each([
  ['xbox', xbox],
  ['talon-one', talonOne],
  ['json', json],
] as const)('%s', (_name, factory) => {
  const pull = async (body: unknown) => {
    const { fetch } = service(() => JSON.stringify(body) ?? 'null');
    try {
      return await factory({ src, pageLimit: 3 }).pull(undefined, callWith({ fetch }));
    } catch (error) {
      // The only way to fail.
      if (error instanceof ProblemError) return 'unchanged';
      throw error;
    }
  };

  it.each([
    ['anything', anything],
    ['anything like achievements', items],
  ])('makes achievements or a problem of %s, and nothing else', async (_title, arbitrary) => {
    await fc.assert(
      fc.asyncProperty(arbitrary, async (body) => {
        const answer = await pull(body);
        if (answer === 'unchanged') return;
        expect(structuredClone(answer)).toEqual(answer);
        for (const achievement of answer.achievements) {
          const ratio = achievement.progress?.ratio ?? 0;
          expect(ratio >= 0 && ratio <= 1).toBe(true);
          expect(achievement.id && achievement.key).toBeTruthy();
          expect(achievement.name.length).toBeLessThanOrEqual(256);
        }
        for (const [path, value] of members(answer)) {
          expect(value, path).not.toBeUndefined();
          expect(value, path).not.toBeNull();
          if (typeof value === 'number') expect(Number.isFinite(value), path).toBe(true);
          if (/\.(url|image)$/.test(path))
            expect(value, path).toMatch(/^(https:|data:image\/(png|jpeg|gif|webp|avif);)/);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('Retry-After', () => {
  it('is 0 to one hour, or absent, whatever the header holds', () => {
    const header = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.date().map((date) => (isNaN(+date) ? '' : date.toUTCString())),
    );
    fc.assert(
      fc.property(header, (text) => {
        const wait = parseRetryAfter(text, NOW);
        expect(wait === undefined || (wait >= 0 && wait <= 3_600_000)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
