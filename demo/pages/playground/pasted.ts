import type { SkippedItem } from '../../../src/index.js';
import { PASTED_FORMATS, type PastedFormat } from './fields.js';

/** Which service's answer a text is, and what says so. */
export interface Detection {
  readonly format: PastedFormat;
  readonly because: string;
}

type Members = Readonly<Record<string, unknown>>;

const membersOf = (value: unknown): Members => Object(value) as Members;

/** What only this service writes; the names are those of its wire format. */
const ENVELOPES: readonly (readonly [PastedFormat, readonly string[]])[] = [
  ['xbox', ['pagingInfo', 'featuredAchievements', 'achievement']],
  ['talon-one', ['totalResultSize', 'hasMore', 'customerProfile', 'data']],
  ['json', ['cursor']],
];
const ENTRIES: Readonly<Record<PastedFormat, readonly string[]>> = {
  xbox: [
    'progressState',
    'progression',
    'titleAssociations',
    'mediaAssets',
    'isSecret',
    'isRevoked',
    'gamerscore',
    'unlockedOnline',
    'achievementType',
  ],
  'talon-one': [
    'achievementId',
    'currentProgress',
    'campaignId',
    'title',
    'recurrencePolicy',
    'achievementRecurrencePolicy',
    'activationPolicy',
    'completionDate',
  ],
  json: ['unlockedAt', 'requirements', 'points', 'icon', 'media', 'secret', 'revoked', 'rewards', 'window', 'key'],
};
const MOST_LOOKED_AT = 20;

/** The achievements of an answer, whichever service it is of; `undefined` where there is no list. */
export function entriesIn(body: unknown): readonly unknown[] | undefined {
  const { achievements, achievement, featuredAchievements, data } = membersOf(body);
  for (const list of [body, achievements, data]) {
    if (Array.isArray(list)) return list as unknown[];
  }
  if (Array.isArray(featuredAchievements)) {
    return featuredAchievements.map((featured) => membersOf(featured)['Achievement']);
  }
  return achievement === undefined ? undefined : [achievement];
}

/** Tells by the shape of an answer which service gave it; `undefined` where it is none that is known. */
export function detectFormat(body: unknown): Detection | undefined {
  const entries = entriesIn(body);
  if (!entries) return undefined;
  const looked = entries.slice(0, MOST_LOOKED_AT).map(membersOf);
  const found = PASTED_FORMATS.map((format) => {
    const names = ENTRIES[format].filter((name) => looked.some((entry) => Object.hasOwn(entry, name)));
    const envelope = ENVELOPES.find(([known]) => known === format)?.[1] ?? [];
    const around = Array.isArray(body) ? [] : envelope.filter((name) => Object.hasOwn(membersOf(body), name));
    return { format, names: [...around, ...names] };
  });
  const most = Math.max(...found.map(({ names }) => names.length));
  const best = found.find(({ names }) => names.length === most && most > 0);
  if (best) return { format: best.format, because: `it has ${best.names.slice(0, 3).join(', ')}` };
  // With an id and a name alone it is the simplest of the three.
  if (looked.length === 0) return { format: 'json', because: 'the list is empty' };
  return looked.some((entry) => Object.hasOwn(entry, 'id') || Object.hasOwn(entry, 'name'))
    ? { format: 'json', because: 'it has id and name' }
    : undefined;
}

/** What a format has after its last page. */
const NOTHING_MORE: Readonly<Record<PastedFormat, unknown>> = {
  xbox: { achievements: [] },
  'talon-one': { data: [], hasMore: false },
  json: { achievements: [] },
};

/** A `fetch` that answers with the text; further pages that the text speaks of are empty, since they were not pasted. */
export function pastedFetch(text: string, format: PastedFormat, src: string): typeof fetch {
  return (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const body = url === src ? text : JSON.stringify(NOTHING_MORE[format]);
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'application/json' } }));
  };
}

const LONGEST_VALUE = 60;

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** What stands at a path such as `progression.requirements.0.id`. */
function valueAt(entry: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => membersOf(value)[step], entry);
}

/**
 * One achievement that was left out, as a sentence.
 * @param entries the achievements of the pasted answer, to show what was there; without them it is not told
 */
export function explainSkipped({ index, id, reason }: SkippedItem, entries?: readonly unknown[]): string {
  const place = `Number ${index + 1} of the list${id === undefined ? '' : `, id ${id}`}`;
  const [, path = '', expected = ''] = /^([\w.]+): expected (.+)$/.exec(reason) ?? [];
  if (path === '') return `${place}: ${reason}.`;
  const found = entries && `; it is ${shown(path === 'item' ? entries[index] : valueAt(entries[index], path))}`;
  const what = path === 'item' ? 'the whole entry' : path;
  return `${place}: ${what} has to be ${wordsFor(expected)}${found ?? ''}.`;
}

/** The names of types in a person's words. */
function wordsFor(expected: string): string {
  const names: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
  };
  return expected
    .split(' or ')
    .map((name) => names[name] ?? name)
    .join(' or ');
}

/** Answers to try, each with one item that cannot be read. */
export const EXAMPLES: Readonly<Record<PastedFormat, unknown>> = {
  xbox: {
    achievements: [
      {
        id: '1',
        serviceConfigId: '00000000-0000-0000-0000-00001a2b3c4d',
        name: 'Lift-off',
        progressState: 'Achieved',
        progression: { requirements: [], timeUnlocked: '2026-01-17T03:19:00.3087016Z' },
        isSecret: false,
        description: 'Left the ground for the first time.',
        lockedDescription: 'Leave the ground for the first time.',
        rewards: [{ name: null, value: '10', type: 'Gamerscore', valueType: 'Int' }],
        rarity: { currentCategory: 'Common', currentPercentage: 81.4 },
      },
      {
        id: '2',
        serviceConfigId: '00000000-0000-0000-0000-00001a2b3c4d',
        name: 'Ten Worlds',
        progressState: 'InProgress',
        progression: {
          requirements: [{ id: 'a5b1', current: '8', target: '10', operationType: 'Sum', valueType: 'Integer' }],
          timeUnlocked: '0001-01-01T00:00:00.0000000Z',
        },
        isSecret: false,
        description: 'Landed on ten different worlds.',
        lockedDescription: 'Land on ten different worlds.',
        rewards: [{ name: null, value: '25', type: 'Gamerscore', valueType: 'Int' }],
      },
      { id: '3', name: null, progressState: 'NotStarted', isSecret: false },
    ],
    pagingInfo: { continuationToken: null, totalRecords: 3 },
  },
  'talon-one': {
    totalResultSize: 3,
    data: [
      {
        id: 101,
        name: 'FiftyForTheRoad',
        title: 'Fifty for the Road',
        description: 'Spend €150.00 on coffee to go this quarter.',
        target: 150,
        campaignId: 11,
        recurrencePolicy: 'on_expiration',
        status: 'active',
        currentProgress: { status: 'inprogress', progress: 112.5, endDate: '2099-12-31T23:00:00Z' },
      },
      {
        id: 102,
        name: 'FirstCup',
        title: 'The First Cup',
        description: 'Order your first coffee.',
        target: 1,
        campaignId: 11,
        recurrencePolicy: 'no_recurrence',
        status: 'active',
        currentProgress: { status: 'completed', progress: 1, completionDate: '2026-02-03T09:12:00Z' },
      },
      {
        id: null,
        name: 'NoNumber',
        title: 'Without an id',
        description: 'Nobody can tell which one this is.',
        target: 3,
      },
    ],
  },
  json: {
    achievements: [
      {
        id: 'first-light',
        name: 'First Light',
        description: 'Watched a star being born.',
        unlockedAt: '2026-01-17T12:00:00Z',
        points: 10,
      },
      {
        id: 'velocity',
        name: 'Escape Velocity',
        description: 'Left ten worlds behind.',
        progress: { current: 8, target: 10 },
      },
      { id: 'nameless', description: 'An achievement needs a name.', points: 5 },
    ],
  },
};
