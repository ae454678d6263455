import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concerns, foldedKey, identityOf, ownKeysOf } from '../../../src/model/identity.js';
import type { Achievement } from '../../../src/model/index.js';
import { achievement } from './support.js';

const GUID = 'ABCDEF01-2345-6789-abcd-EF0123456789';
const SMALL = GUID.toLowerCase();

describe('a key as it is compared', () => {
  it.each([
    ['json:A', 'json:A'],
    ['', ''],
    [GUID, SMALL],
    [`xbox:${GUID}/A`, `xbox:${SMALL}/A`],
    [`A ${GUID}/${GUID} B`, `A ${SMALL}/${SMALL} B`],
    [GUID.replaceAll('-', ''), GUID.replaceAll('-', '')],
    ['A'.repeat(100), 'A'.repeat(100)],
  ])('%j is %j: only GUIDs are the same whatever their case', (key, folded) => {
    expect(foldedKey(key)).toBe(folded);
    expect(foldedKey(folded)).toBe(folded);
  });
});

describe('what is named', () => {
  const meant = achievement({ id: GUID, key: `xbox:${SMALL}/1`, apiName: 'Api' });

  it.each<[string, boolean]>([
    [`xbox:${SMALL}/1`, true],
    [`xbox:${GUID}/1`, true],
    [GUID, true],
    [SMALL, true],
    [GUID.toUpperCase(), true],
    ['Api', true],
    ['api', false],
    [`XBOX:${SMALL}/1`, false],
    [`xbox:${SMALL}/2`, false],
    [SMALL.slice(1), false],
    ['', false],
    ['Name', false],
  ])('by %j is the achievement: %s', (name, isMeant) => {
    expect(concerns(name, meant)).toBe(isMeant);
  });

  it('by nothing is none without a name in the API', () => {
    expect(concerns('undefined', achievement({ id: '1' }))).toBe(false);
  });
});

describe('keys of their own', () => {
  const of = (facts: Partial<Achievement>) => achievement({ id: '5', ...facts });
  const title = (id: string) => ({ titles: [{ id, name: `Game ${id}` }] });

  const groups: readonly (readonly [string, readonly Achievement[]])[] = [
    ['by their titles', [of(title('a')), of(title('b')), of({ titles: [] })]],
    ['by two titles against one', [of({ titles: [...title('a').titles, ...title('b').titles] }), of(title('a'))]],
    ['by their configurations', [of({ serviceConfigId: 'a' }), of({ serviceConfigId: 'b' })]],
    ['by their products', [of({ ...title('a'), productId: 'a' }), of({ ...title('a'), productId: 'b' })]],
    ['by their names in the API', [of({ apiName: 'a' }), of({ apiName: 'b' }), of({ apiName: 'c' })]],
    ['by their names', [of({ name: 'a' }), of({ name: 'b' })]],
    ['by several things', [of({ ...title('a'), name: 'x' }), of({ ...title('a'), name: 'y' }), of(title('b'))]],
  ];

  it.each(groups)('are different, and the same in any order: %s', (_name, group) => {
    const keys = new Map(ownKeysOf(group).map((key, index) => [group[index], key]));
    expect(new Set(keys.values()).size).toBe(group.length);
    fc.assert(
      fc.property(fc.shuffledSubarray([...group], { minLength: group.length }), (shuffled) => {
        expect(ownKeysOf(shuffled)).toEqual(shuffled.map((each) => keys.get(each)));
      }),
    );
  });

  it('begin with the key that they share, and tell nothing of what is in them', () => {
    const keys = ownKeysOf([of({ name: 'canary one' }), of({ name: 'canary two' })]);
    for (const key of keys) expect(key).toMatch(/^json:5@[\da-z]+-[\da-z]+-[\da-z]+$/);
  });

  it('do not depend on what is said of progress, or of texts where something surer tells them apart', () => {
    const before = ownKeysOf([of(title('a')), of(title('b'))]);
    const after = ownKeysOf([
      of({ ...title('a'), name: 'Another', description: 'x', state: 'unlocked', unlockedAt: 5 }),
      of({ ...title('b'), order: 9, secret: true }),
    ]);
    expect(after).toEqual(before);
  });

  it('say of one achievement what it is, but for its name', () => {
    expect(identityOf(of({ name: 'a' }))).toBe(identityOf(of({ name: 'b' })));
    expect(identityOf(of(title('a')))).not.toBe(identityOf(of(title('b'))));
  });

  it('do not mix up what is put together', () => {
    const left = of({ serviceConfigId: 'a"', productId: 'b' });
    const right = of({ serviceConfigId: 'a', productId: '"b' });
    expect(identityOf(left)).not.toBe(identityOf(right));
    const [one, two] = [
      of({ titles: [{ id: 'a\nb', name: 'x' }] }),
      of({ titles: [...title('a').titles, ...title('b').titles] }),
    ];
    expect(identityOf(one)).not.toBe(identityOf(two));
  });
});
