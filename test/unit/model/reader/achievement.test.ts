import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Achievement, readAchievements, withValues } from '../../../../src/model/index.js';
import { FULL, achievement } from '../support.js';
import { context, entry, faultIn, membersTold, readAs, readGood, sent, template } from './support.js';

type Path = readonly (string | number)[];

/** The value with another one at a place in it. */
function withAt(value: unknown, [step, ...rest]: Path, other: unknown): unknown {
  if (step === undefined) return other;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<string, unknown>;
  copy[step] = withAt(copy[step], rest, other);
  return copy;
}

/** Every place in a value that holds something, lists and objects too. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, member]) => placesIn(member, [...path, key]));
  return path.length === 0 ? inside : [path, ...inside];
}

describe('what looks like a template of Lit', () => {
  const places = placesIn(FULL).map((path) => [path.join('.'), path] as const);

  it('is looked for in every member of the model', () => {
    const names = places.map(([name]) => name);
    const texts = [
      'key',
      'id',
      'name',
      'description',
      'lockedDescription',
      'requirements.0.id',
      'requirements.0.operation',
      'rewards.0.name',
      'rewards.0.description',
      'rewards.0.value',
      'rewards.0.unit',
      'rewards.0.image',
      'media.icon.url',
      'media.icon.name',
      'media.art.url',
      'rarity.category',
      'platforms.0',
      'titles.0.id',
      'titles.0.name',
      'titles.0.version',
      'campaigns.0',
      'apiName',
      'productId',
      'serviceConfigId',
      'deepLink',
      'category',
    ];
    expect(texts.filter((text) => !names.includes(text))).toEqual([]);
    expect(names.length).toBeGreaterThan(60);
  });

  it.each(places)('never comes through, in the form of the model: %s', (_name, path) => {
    for (const form of ['model', 'either', 'json'] as const) {
      const given: unknown = structuredClone(withAt(FULL, path, template()));
      const { made } = readAs(form, given);
      const text = JSON.stringify(made);
      expect(text).not.toContain('_$litType$');
      expect(text).not.toContain('<b>');
      if (typeof made !== 'string') expect(faultIn(made)).toBeUndefined();
      else if (form !== 'model') expect(path[0]).toMatch(/^(?:id|name)$/);
    }
  });

  it('costs only itself where it stands in anything but the id and the name', () => {
    for (const [name, path] of places) {
      if (['id', 'name', 'key', 'backend', 'requirements', 'rewards'].includes(name)) continue;
      const { made } = readGood('model', structuredClone(withAt(FULL, path, template())));
      expect(made.name, name).toBe(FULL.name);
    }
  });

  it('comes through where nobody looks (control)', () => {
    const given = structuredClone({ ...FULL, name: template() });
    expect(JSON.stringify({ ...given })).toContain('_$litType$');
  });
});

describe('an achievement of the JSON form', () => {
  it.each<[string, object | string | number | null, string]>([
    ['nothing', null, 'item: expected object'],
    ['a text', 'x', 'item: expected object'],
    ['a list', [], 'item: expected object'],
    ['no id', { name: 'x' }, 'id: expected string or number'],
    ['an id that is an object', { id: {}, name: 'x' }, 'id: expected string or number'],
    ['an id that nobody sees', { id: ' \u200B', name: 'x' }, 'id: expected a text that is not empty'],
    ['an id longer than 2048', { id: 'x'.repeat(2049), name: 'x' }, 'id: expected a shorter text'],
    ['an id that is no number', { id: NaN, name: 'x' }, 'id: expected string or number'],
    ['no name', { id: 1 }, 'name: expected string'],
    ['a name that is a list', { id: 1, name: [] }, 'name: expected string'],
    ['a name that is yes', { id: 1, name: true }, 'name: expected string'],
    ['an empty name', { id: 1, name: ' ' }, 'name: expected a text that is not empty'],
  ])('is none with %s', (_name, value, reason) => {
    expect(readAs('json', value).made).toBe(reason);
  });

  const without = readGood('json', entry()).made;

  it.each<[string, object, Partial<Achievement>, string[]]>([
    // Absent, in all the ways in which services say it.
    ...Object.keys(FULL)
      .filter((member) => !['id', 'name', 'key', 'backend', 'pending'].includes(member))
      .flatMap((member): [string, object, Partial<Achievement>, string[]][] => [
        [`${member}: null`, { [member]: null }, {}, []],
        [`${member}: an empty list of PHP`, { [member]: [] }, {}, []],
        [`${member}: false`, { [member]: false }, {}, []],
      ]),
    ['key: null', { key: null }, {}, []],
    ['a numeric name', { name: 7 }, { name: '7' }, []],
    ['a secret without a name', { secret: true, name: null }, { secret: true, name: '' }, []],
    ['a secret that nobody can read', { secret: 'perhaps' }, { secret: true }, ['secret: boolean']],
    ['a secret that is an object', { secret: { is: true } }, { secret: true }, ['secret: boolean']],
    ['a secret that is 2', { secret: 2 }, { secret: true }, ['secret: boolean']],
    ['secret: 0', { secret: 0 }, {}, []],
    ['secret: "0"', { secret: '0' }, {}, []],
    ['secret: 1', { secret: 1 }, { secret: true }, []],
    ['secret: "true"', { secret: 'true' }, { secret: true }, []],
    ['secret: "YES"', { secret: 'YES' }, { secret: true }, []],
    ['revoked: 1', { revoked: 1 }, { revoked: true }, []],
    ['a revocation that nobody can read', { revoked: 'perhaps' }, {}, ['revoked: boolean']],
    ['one title alone', { titles: { id: 'g', name: 'Game' } }, { titles: [{ id: 'g', name: 'Game' }] }, []],
    ['a title by its name', { titles: ['Game'] }, { titles: [{ id: 'Game', name: 'Game' }] }, []],
    ['titles with a gap', { titles: { 0: 'A', 2: 'C' } }, { titles: ['A', 'C'].map((id) => ({ id, name: id })) }, []],
    ['one platform alone', { platforms: 'PC' }, { platforms: ['PC'] }, []],
    ['platforms with a gap', { platforms: { 1: 'PC', 3: 'TV' } }, { platforms: ['PC', 'TV'] }, []],
    ['a platform that is an object', { platforms: [{ a: 1 }, 'PC'] }, { platforms: ['PC'] }, ['platforms: string']],
    ['a description that is a list', { description: ['x'] }, {}, ['description: string']],
    ['a number far too large', { order: 1e300 }, {}, ['order: number']],
    ['points below zero', { points: -1 }, {}, ['points: number from 0 to 1000000000000']],
    ['a percentage over 100', { rarity: { percent: 101 } }, {}, ['rarity.percent: number from 0 to 100']],
    ['a number as text', { timesEarned: '7' }, { timesEarned: 7 }, []],
    ['a number that is hexadecimal', { timesEarned: '0x10' }, {}, ['timesEarned: number']],
    [
      'seconds of a million years',
      { estimatedSeconds: 3.2e13 },
      {},
      ['estimatedSeconds: number from 0 to 31557600000'],
    ],
    ['a state that is new', { state: 'frozen' }, { state: 'unknown' }, ['state: one of its words']],
    ['a state in other writing', { state: 'In_Progress' }, { state: 'in-progress' }, []],
    ['a progress that is a number', { progress: 50 }, {}, ['progress: object']],
    ['a date that is a word', { startedAt: 'yesterday' }, {}, ['startedAt: time']],
    ['a link that is a number', { deepLink: 5 }, {}, ['deepLink: string']],
    ['a link that is too long', { deepLink: 'x'.repeat(2049) }, {}, ['deepLink: at most 2048 characters']],
    ['halves of characters', { description: 'a\uD800b\uDC00' }, { description: 'a\uFFFDb\uFFFD' }, []],
    ['line breaks', { description: ' one\ntwo\r\n\nthree ' }, { description: 'one\ntwo\r\n\nthree' }, []],
    ['unknown members', { frob: template(), constructor: 1, then: 'x' }, {}, []],
  ])('is read: %s', (_name, members, expected, told) => {
    const read = readGood('json', entry(members));
    const { progress: _progress, ...made } = read.made;
    const wanted = Object.fromEntries(
      Object.entries({ ...without, ...expected }).filter(([, value]) => value !== undefined),
    );
    expect(made).toEqual(wanted);
    expect(read.told).toEqual(told);
  });

  it('has at most 200 entries in each of its lists, and tells that there were more', () => {
    const many = Array.from({ length: 300 }, (_, index) => `p${index}`);
    const { made, told } = readGood(
      'json',
      entry({ platforms: many, rewards: many.map((name) => ({ name })), points: 5 }),
    );
    expect(made.platforms).toEqual(many.slice(0, 200));
    expect(made.rewards).toHaveLength(200);
    expect(made.rewards.at(-1)).toEqual({ kind: 'points', value: 5 });
    expect([...new Set(told)]).toEqual(['rewards: at most 200 entries', 'platforms: at most 200 entries']);
  });

  it('has no text longer than it may be, in no member', () => {
    const long = 'x'.repeat(5000);
    const lengthOf = (value: unknown): number =>
      typeof value === 'string'
        ? value.length
        : typeof value === 'object' && value !== null
          ? Math.max(0, ...Object.values(value).map(lengthOf))
          : 0;
    for (const path of placesIn(FULL)) {
      const { made } = readAs('json', withAt({ ...FULL, id: '1' }, path, long));
      // A small picture may be in its address.
      const longest = /^(?:rewards.*image|media.*(?:icon|art|url))$/.test(path.join('.')) ? 8192 : 2048;
      expect(lengthOf(made), path.join('.')).toBeLessThanOrEqual(longest);
    }
    const address = `https://x.example/${'ä'.repeat(8000)}`;
    for (const icon of [address, { url: address }, `https://x.example/${'x'.repeat(9000)}`]) {
      expect(lengthOf(readGood('json', entry({ icon })).made.media)).toBeLessThanOrEqual(8192);
    }
  });
});

describe('a name that nobody can see', () => {
  const INVISIBLE = ['\u200B', '\u2800\u2800', '\u3164', '\u00AD', '\u202E', '\u{E0020}', '\u200D\uFE0F'];

  it.each(INVISIBLE)('is replaced by the name of the API, or else by the id, and that is told: %j', (name) => {
    const told = ['name: a text that can be seen'];
    expect(readGood('json', { id: '5', name, apiName: 'Api' })).toMatchObject({ made: { name: 'Api' }, told });
    expect(readGood('json', { id: '5', name })).toMatchObject({ made: { name: '5' }, told });
    expect(readGood('json', { id: '5', name, apiName: name })).toMatchObject({ made: { name: '5' }, told });
    expect(readGood('model', { ...achievement(), name })).toMatchObject({ made: { name: '1' }, told });
  });

  it('is no longer than others where the id is', () => {
    const { made } = readGood('json', { id: 'x'.repeat(2000), name: '\u200B' });
    expect(made.name).toBe('x'.repeat(256));
  });

  it.each(['👩‍👩‍👧', '\u200Ba', '.', '🇩🇪', 'नि', '한', '‎ع'])('is not that with something to be seen in it: %j', (name) => {
    expect(readGood('json', { id: '5', name })).toMatchObject({ made: { name }, told: [] });
  });
});

describe('an unlock', () => {
  const UNLOCKED = Date.UTC(2026, 0, 1);

  it.each<[string, object, Partial<Achievement>, string[]]>([
    ['with its time', { unlockedAt: '2026-01-01' }, { state: 'unlocked', unlockedAt: UNLOCKED }, []],
    ['by its time alone, beside a null state', { state: null, unlockedAt: UNLOCKED }, { state: 'unlocked' }, []],
    ['whose time cannot be read', { unlockedAt: 'gestern' }, { state: 'unlocked' }, ['unlockedAt: time']],
    ['whose time is yes', { unlockedAt: true }, { state: 'unlocked' }, ['unlockedAt: time']],
    ['whose time is an object', { unlockedAt: { at: 1 } }, { state: 'unlocked' }, ['unlockedAt: time']],
    ['whose time is a template', { unlockedAt: template() }, { state: 'unlocked' }, ['unlockedAt: time']],
    ['said by its state', { state: 'unlocked', unlockedAt: 'x' }, { state: 'unlocked' }, ['unlockedAt: time']],
    ['with a time of no date', { state: 'unlocked', unlockedAt: 0 }, { state: 'unlocked' }, []],
    ['that is none: the state says so', { state: 'locked', unlockedAt: '2026-01-01' }, { state: 'locked' }, []],
  ])('is read: %s', (_name, members, expected, told) => {
    const read = readGood('json', entry(members));
    const { state, unlockedAt } = read.made;
    expect(state).toBe(expected.state);
    if ('unlockedAt' in expected || unlockedAt === UNLOCKED)
      expect([state, unlockedAt]).toEqual(['unlocked', UNLOCKED]);
    else expect(unlockedAt).toBeUndefined();
    expect(read.told).toEqual(told);
  });

  it.each([
    [0],
    ['0'],
    [-1],
    ['0000-00-00 00:00:00'],
    ['0001-01-01T00:00:00Z'],
    ['1601-01-01T00:00:00Z'],
    ['1753-01-01T00:00:00'],
    ['1900-01-01'],
    ['1970-01-01T01:00:00+01:00'],
    ['1969-12-31T19:00:00-05:00'],
    ['2002-11-15T00:00:00.0000000Z'],
    ['9999-12-31T23:59:59.9999999Z'],
    ['9223372036854775807'],
    [2 ** 63],
    ['2038-01-19T03:14:07Z'],
    ['2099-12-31'],
    [''],
    ['null'],
    [false],
    [[]],
  ])('is none with %j, which is no date, and nothing is told of it', (unlockedAt) => {
    const { made, told } = readGood('json', entry({ unlockedAt }));
    expect([made.state, made.unlockedAt, told]).toEqual(['locked', undefined, []]);
  });
});

describe('what is told', () => {
  it('never holds a value: not of a member that was left out, and not of the achievement', () => {
    const canary = 'canary';
    const bad = { [canary]: canary, toString: canary };
    for (const path of placesIn(FULL)) {
      if (path[0] === 'id') continue;
      for (const value of [bad, [bad], [[canary]], `${canary}${'x'.repeat(10_000)}`, { url: bad, name: [canary] }]) {
        for (const form of ['json', 'model'] as const) {
          const { problem } = readAchievements([withAt({ ...FULL, id: '1' }, path, value)], context(form));
          expect(JSON.stringify(problem ?? ''), path.join('.')).not.toContain(canary);
        }
      }
    }
  });

  it('names the place, the id, the member and what was expected there', () => {
    const list = [entry(), entry({ id: 'b', description: {}, order: 'first', startedAt: 'soon', secret: 7 })];
    const { achievements, problem } = readAchievements(list, context('json'));
    expect(achievements.map(({ id }) => id)).toEqual(['1', 'b']);
    expect(problem).toMatchObject({ code: 'bad-shape' });
    expect(problem?.skipped).toBeUndefined();
    expect(membersTold(problem?.omitted)).toEqual(['secret: boolean', 'startedAt: time', 'order: number']);
    expect(problem?.omitted?.every(({ index, id }) => index === 1 && id === 'b')).toBe(true);
    expect(problem?.message).toContain('3 values of the achievements could not be read and left out');
  });
});

describe('reading again', () => {
  it('gives the same object for what was read, in any form, and also with other values of the model', () => {
    const { made } = readGood('json', entry({ points: 5 }));
    const changed = withValues(made, { pending: true });
    for (const form of ['json', 'model', 'either'] as const) {
      expect(readGood(form, made).made).toBe(made);
      expect(readGood(form, changed).made).toBe(changed);
    }
  });

  it.each<[string, (made: Achievement) => object]>([
    ['spread', (made) => ({ ...made })],
    ['cloned', (made) => structuredClone(made)],
    ['written as JSON', (made) => JSON.parse(JSON.stringify(made)) as object],
    ['inherited from', (made) => Object.create(made) as object],
    ['assigned', (made) => Object.assign(Object.create(Object.getPrototypeOf(made) as object) as object, made)],
    ['with its descriptors', (made) => Object.defineProperties({}, Object.getOwnPropertyDescriptors(made))],
    ['behind a proxy', (made) => new Proxy(made, {})],
  ])('looks at a copy once more: %s', (_name, copyOf) => {
    const { made } = readGood('json', entry());
    const copy = Object.assign(copyOf(made), { description: template() });
    const again = readGood('model', copy);
    expect(again.made).not.toBe(copy);
    expect(again.made.description).toBe('');
    expect(again.told).toEqual(['description: string']);
    const values = { description: template() } as unknown as Partial<Achievement>;
    expect(readGood('model', withValues({ ...made }, values)).made.description).toBe('');
  });

  it('gives what was read, whatever that was', () => {
    let made = 0;
    fc.assert(
      fc.property(sent, fc.constantFrom('model', 'either'), (value, form) => {
        const first = readAs('json', value).made;
        if (typeof first === 'string') return;
        made += 1;
        expect(faultIn(first)).toBeUndefined();
        const again = readAs(form, structuredClone(first));
        expect(again.made).toEqual(first);
        expect(again.told).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(made).toBeGreaterThan(60);
  });

  it.each<[string, object]>([
    ['a text that ends with a space where it is cut', { description: `${'x'.repeat(2047)} y` }],
    ['an operation that is longer in small letters', { requirements: [{ operation: 'İ'.repeat(256) }] }],
    ['a reward for points beside 200 others', { rewards: Array.from({ length: 200 }, () => ({})), points: 1 }],
    ['an address that is longer as it is written', { icon: `https://x.example/${'ä'.repeat(3000)}` }],
    ['a key as long as its id', { id: 'x'.repeat(2048) }],
  ])('gives what was read: %s', (_name, members) => {
    const { made } = readGood('json', entry(members));
    expect(readGood('model', structuredClone(made))).toEqual({ made, told: [] });
  });
});

describe('whatever there is', () => {
  it('becomes plain data or a reason, and throws nothing', () => {
    const throwing = new Proxy(entry(), {
      get() {
        throw new Error('canary');
      },
    });
    expect(readAs('json', throwing).made).toBe('item: expected plain data');
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withObjectString: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    });
    const members = Object.keys(FULL);
    const anyMembers = fc.dictionary(fc.constantFrom(...members, 'points', 'icon'), anything);
    fc.assert(
      fc.property(
        fc.oneof(
          anything,
          anyMembers,
          anyMembers.map((some) => entry({ ...some, id: 1, name: 'x' })),
        ),
        fc.constantFrom('json', 'model', 'either'),
        (value, form) => {
          const { made } = readAs(form, value);
          expect(faultIn(structuredClone(made))).toBeUndefined();
          const library = readAchievements([value, value], context(form));
          expect(faultIn(structuredClone(library))).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has no time that a date cannot hold', () => {
    fc.assert(
      fc.property(sent, fc.constantFrom('json', 'model'), (value, form) => {
        const { made } = readAs(form, form === 'json' ? value : { ...FULL, ...value, id: '1', key: 'k', backend: 'b' });
        if (typeof made === 'string') return;
        const { startedAt, unlockedAt, resetsAt, window } = made;
        for (const time of [startedAt, unlockedAt, resetsAt, window?.startsAt, window?.endsAt]) {
          if (time !== undefined) expect(() => new Date(time).toISOString()).not.toThrow();
        }
      }),
    );
    const far = { ...FULL, startedAt: 1e300, window: { startsAt: 8.65e15 }, unlockedAt: Infinity };
    const { made, told } = readGood('model', far);
    expect([made.startedAt, made.window, made.unlockedAt]).toEqual([undefined, undefined, undefined]);
    expect(told).toHaveLength(3);
  });

  it('is read the same where a library of the page has put something into every object', () => {
    const prototype = Object.prototype as { secret?: unknown; description?: unknown };
    try {
      prototype.secret = true;
      prototype.description = 'of everybody';
      expect(readGood('json', entry()).made).toMatchObject({ secret: false, description: '' });
    } finally {
      delete prototype.secret;
      delete prototype.description;
    }
  });
});
