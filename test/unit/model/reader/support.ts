import fc from 'fast-check';
import {
  type Achievement,
  type AchievementForm,
  type OmittedValue,
  type ReadContext,
  readAchievement,
} from '../../../../src/model/index.js';
import { isWellFormed } from '../../../../src/model/text.js';

export const NOW = Date.UTC(2026, 0, 18);

/** What a message of another window can hold: Lit takes it for one of its templates. */
export function template(): object {
  return { ['_$litType$']: 1, strings: Object.assign(['<b>'], { raw: ['<b>'] }), values: [] };
}

export function context(form: AchievementForm): ReadContext {
  return { form, backend: 'json', base: 'https://game.example/list.json', now: NOW };
}

/** One value as it is read, and what was told of it as `member: expected`. */
export function readAs(form: AchievementForm, value: unknown): { made: Achievement | string; told: string[] } {
  const told: string[] = [];
  const made = readAchievement(value, context(form), (member, expected) => told.push(`${member}: ${expected}`));
  return { made, told };
}

/** The same of a value that has to be an achievement. */
export function readGood(form: AchievementForm, value: unknown): { made: Achievement; told: string[] } {
  const { made, told } = readAs(form, value);
  if (typeof made === 'string') throw new Error(`It was left out: ${made}`);
  return { made, told };
}

/** The members of an achievement in the JSON form that has only what it needs, and these. */
export function entry(members: object = {}): object {
  return { id: '1', name: 'Name', ...members };
}

export const membersTold = (omitted: readonly OmittedValue[] | undefined) =>
  omitted?.map(({ member, expected }) => `${member}: ${expected}`);

/** What makes data other than plain: `undefined` where it is plain, finite and well-formed all through. */
export function faultIn(value: unknown, path = ''): string | undefined {
  switch (typeof value) {
    case 'string':
      return isWellFormed(value) ? undefined : `${path}: half a character`;
    case 'number':
      return Number.isFinite(value) ? undefined : `${path}: ${value}`;
    case 'boolean':
      return undefined;
    case 'object':
      break;
    default:
      return `${path}: ${typeof value}`;
  }
  if (value === null) return `${path}: null`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return `${path}: a prototype`;
  for (const [key, member] of Object.entries(value)) {
    const fault = faultIn(member, `${path}.${key}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const halves = fc.string({ unit: fc.constantFrom('a', ' ', '\uD800', '\uDC00', '\u200B', '👩‍👩‍👧', '🇩🇪', 'İ', '\n') });

/** Texts of all kinds, also ones that are too long. */
const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  halves,
  fc.integer({ min: 0, max: 8 }).map((more) => `${'x'.repeat(250 + more)} 👩‍👩‍👧 🇩🇪🇫🇷 y`),
  fc.string({ minLength: 2100, maxLength: 2200 }),
);

const numbers = fc.oneof(fc.double(), fc.integer(), fc.integer().map(String), fc.constantFrom('1e400', '0x10', ' 7 '));
const flags = fc.constantFrom(true, false, 0, 1, '0', '1', 'true', 'no', 'perhaps', null, [], {});
const times = fc.oneof(
  fc.date().map((date) => (Number.isNaN(date.getTime()) ? 'x' : date.toISOString())),
  fc.constantFrom(0, -1, '0001-01-01T00:00:00', '9999-12-31', 'yesterday', 1_700_000_000, 1_700_000_000_000.5, {}),
);
const odd = fc.oneof(fc.constantFrom(null, undefined, false, true, [], {}, template()), fc.anything());
const urls = fc.constantFrom(
  'https://x.example/ä b.png',
  'a.png',
  'javascript:x',
  '//y.example/i',
  'data:image/png;base64,AA',
);

/** Mostly what belongs there, and sometimes whatever else there is. */
const or = <T>(good: fc.Arbitrary<T>) => fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: odd });
const listOf = <T>(item: fc.Arbitrary<T>) => or(fc.oneof(fc.array(or(item), { maxLength: 4 }), or(item)));

const picture = or(fc.oneof(urls, fc.record({ url: or(urls), name: or(texts) }, { requiredKeys: [] })));
const words = (...known: string[]) => or(fc.constantFrom(...known, known[0]!.toUpperCase(), 'brand-new'));
const parts = {
  current: or(numbers),
  target: or(numbers),
  unit: words('count', 'percent', 'amount'),
};

/** An achievement as a service may send it: any member may be absent, odd, or of another type. */
export const sent: fc.Arbitrary<object> = fc.record(
  {
    id: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), texts),
    name: or(texts),
    key: or(texts),
    description: or(texts),
    lockedDescription: or(texts),
    state: words('locked', 'in-progress', 'unlocked', 'expired', 'scheduled', 'unknown'),
    secret: flags,
    revoked: flags,
    requirements: listOf(
      fc.record(
        { id: or(texts), ...parts, participation: words('individual', 'group'), operation: or(texts) },
        { requiredKeys: [] },
      ),
    ),
    progress: or(fc.record({ ...parts, ratio: or(numbers) }, { requiredKeys: [] })),
    startedAt: or(times),
    unlockedAt: or(times),
    resetsAt: or(times),
    window: or(fc.record({ startsAt: or(times), endsAt: or(times) }, { requiredKeys: [] })),
    recurrence: words('none', 'on-expiration', 'on-completion'),
    activation: words('user-action', 'fixed-schedule'),
    timesEarned: or(numbers),
    rewards: listOf(
      fc.record(
        {
          kind: words('points', 'item', 'art', 'other'),
          name: or(texts),
          description: or(texts),
          value: or(fc.oneof(texts, numbers)),
          unit: or(texts),
          image: picture,
        },
        { requiredKeys: [] },
      ),
    ),
    points: or(numbers),
    media: or(fc.record({ icon: picture, art: picture }, { requiredKeys: [] })),
    icon: picture,
    rarity: or(fc.record({ percent: or(numbers), category: or(texts) }, { requiredKeys: [] })),
    type: words('persistent', 'challenge'),
    participation: words('individual', 'group'),
    platforms: listOf(texts),
    titles: listOf(
      fc.oneof(texts, fc.record({ id: or(texts), name: or(texts), version: or(texts) }, { requiredKeys: [] })),
    ),
    campaigns: listOf(texts),
    apiName: or(texts),
    productId: or(texts),
    serviceConfigId: or(texts),
    estimatedSeconds: or(numbers),
    deepLink: or(texts),
    category: or(texts),
    order: or(numbers),
  },
  { requiredKeys: ['id', 'name'] },
);
