import { describe, expect, it } from 'vitest';
import { type AchievementOverride, type Overrides, applyOverrides, mask } from '../../../src/model/index.js';
import { FULL, achievement } from './support.js';

const entries = (achievements: Record<string, AchievementOverride>): Overrides => ({ achievements });
const one = (override: AchievementOverride, language?: string, facts = {}) =>
  applyOverrides([achievement(facts)], entries({ 'json:1': override }), language)[0]!;

describe('what an override stands in place of', () => {
  it('is every member it has, and nothing else', () => {
    const rewards = [{ kind: 'item', name: 'A cup' }] as const;
    const before = achievement({ media: { art: { url: 'https://a.example/art', name: 'Art' } }, category: 'Old' });
    const [after] = applyOverrides(
      [before],
      entries({ 1: { name: 'New', lockedDescription: 'Do it', icon: 'https://a.example/icon', rewards } }),
    );
    expect(after).toEqual({
      ...before,
      name: 'New',
      lockedDescription: 'Do it',
      media: { icon: { url: 'https://a.example/icon' }, art: { url: 'https://a.example/art', name: 'Art' } },
      rewards,
    });
  });

  it('leaves what it is not for the same object, and changes nothing that it was given', () => {
    const list = Object.freeze([Object.freeze(achievement()), Object.freeze(achievement({ id: '2' }))]);
    const after = applyOverrides(list, entries({ 2: { category: 'Bread' } }));
    expect(after[0]).toBe(list[0]);
    expect(after[1]).toEqual({ ...list[1], category: 'Bread' });
    expect(list[1]).not.toHaveProperty('category');
  });

  it('is never whether it is a secret, its state or its progress, whatever a page without types gives', () => {
    const sneaky = { name: 'New', secret: false, state: 'unlocked', key: 'x', masked: false } as AchievementOverride;
    const [after] = applyOverrides([FULL], entries({ [FULL.key]: sneaky }));
    expect(after).toEqual({ ...FULL, name: 'New' });
    expect(mask(after!)).toEqual(mask(FULL));
  });

  it('control: an override that is spread over the achievement would make a secret public', () => {
    expect({ ...FULL, ...({ secret: false } as AchievementOverride) }.secret).toBe(false);
  });
});

describe('the key of an override', () => {
  const facts = { key: 'talon-one:7', apiName: 'TenthCup', id: '7', name: 'The Tenth Cup' };
  const all = Object.values(facts);

  it.each(all.map((key, index) => [key, all.slice(index)]))('%s comes before what follows it', (key, present) => {
    const overrides = entries(Object.fromEntries(present.reverse().map((each) => [each, { category: each }])));
    expect(applyOverrides([achievement(facts)], overrides)[0]?.category).toBe(key);
  });

  const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];

  it.each(inherited)('is nothing that every object has: %s', (name) => {
    const list = [achievement({ id: name, name, key: name, apiName: name })];
    expect(applyOverrides(list, entries({}))[0]).toBe(list[0]);
    const given = JSON.parse(`{"${name}": {"category": "Own"}}`) as Record<string, AchievementOverride>;
    expect(applyOverrides(list, entries(given))[0]?.category).toBe('Own');
  });

  it.each(inherited)('control: a look-up that takes what is inherited finds something for %s', (name) => {
    expect(entries({}).achievements[name]).toBeDefined();
  });
});

describe('the language of an override', () => {
  const languages = {
    'pt-PT': { name: 'pt-PT' },
    pt: { name: 'pt', description: 'pt' },
    'en-AU': { name: 'en-AU' },
    'en-GB': { name: 'en-GB' },
    'zh-CN': { name: 'zh-CN' },
    de_AT: { name: 'no tag' },
  };
  const override = { name: 'none', description: 'none', languages };

  it.each([
    ['pt-PT', 'pt-PT'],
    ['PT-pt', 'pt-PT'],
    ['pt-PT-x-private', 'pt-PT'],
    ['pt-BR', 'pt'],
    ['pt', 'pt'],
    ['en-AU', 'en-AU'],
    ['en', 'en-AU'],
    ['en-US', 'en-AU'],
    ['zh-Hans-SG', 'zh-CN'],
    ['zh-TW', 'none'],
    ['p', 'none'],
    ['ptx', 'none'],
    ['de-AT', 'none'],
    ['fr', 'none'],
    ['not a tag', 'none'],
    ['', 'none'],
    [undefined, 'none'],
  ])('where %j is wanted is %j', (wanted, name) => {
    expect(one(override, wanted).name).toBe(name);
  });

  it('is chosen for each member', () => {
    expect(one(override, 'pt-PT')).toMatchObject({ name: 'pt-PT', description: 'pt' });
    expect(one({ languages: { de: { icon: 'https://a.example/de' } }, category: 'All' }, 'de')).toMatchObject({
      name: 'Name',
      category: 'All',
      media: { icon: { url: 'https://a.example/de' } },
    });
  });

  it('has no place of its own in the list', () => {
    const sneaky = { languages: { de: { order: 0 } } } as AchievementOverride;
    expect(one(sneaky, 'de')).toEqual(achievement());
  });
});

describe('the order of overrides', () => {
  const list = ['a', 'b', 'c', 'd'].map((id, order) => achievement({ id, order }));
  const ordered = (orders: Record<string, number>) =>
    applyOverrides(list, entries(Object.fromEntries(Object.entries(orders).map(([id, order]) => [id, { order }]))));

  it.each([
    [{}, 'abcd'],
    [{ d: 1 }, 'dabc'],
    [{ d: 20, b: 10 }, 'bdac'],
    [{ a: 2, b: 1, c: 1 }, 'bcad'],
    [{ c: -1, b: 0 }, 'cbad'],
    [{ a: 4, b: 3.5, c: 2, d: 1 }, 'dcba'],
  ])('%j gives %s: those with one first, the others as they stood', (orders, ids) => {
    const after = ordered(orders);
    expect(after.map(({ id }) => id).join('')).toBe(ids);
    expect(after.map(({ order }) => order)).toEqual([0, 1, 2, 3]);
  });

  it('keeps the objects whose place is the same', () => {
    expect(ordered({ b: 2, a: 1 })[3]).toBe(list[3]);
    expect(ordered({})).toEqual(list);
  });
});
