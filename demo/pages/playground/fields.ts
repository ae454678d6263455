import type { Fault } from '../../services/index.js';

/** How a field is set and written. `words` is a list of words, `flag` is `on` or `off`. */
export type Kind = 'choice' | 'flag' | 'words' | 'text' | 'number';

/** One thing that can be set on this page. Every value is a text, as in an address. */
export interface Field {
  readonly name: string;
  readonly kind: Kind;
  readonly label: string;
  /** What the page begins with, and what its address leaves out. */
  readonly start: string;
  /** What the element does without the attribute, and what snippets leave out. Absent: no attribute of the list. */
  readonly standard?: string;
  /** What can be chosen; absent for `text`, `number` and `flag`. */
  readonly values?: readonly string[];
}

/** What is set, by the names of the fields. */
export type State = Readonly<Record<string, string>>;

export const SORT_PRESETS = ['', 'state -progress', '-unlocked', 'remaining', 'rarity', '-points', 'name', 'ends'];

const attribute = (name: string, label: string, values: readonly [string, ...string[]]): Field => ({
  name,
  kind: 'choice',
  label,
  start: values[0],
  standard: values[0],
  values,
});

const words = (name: string, label: string, values: readonly string[], start = ''): Field => ({
  name,
  kind: 'words',
  label,
  start,
  standard: '',
  values,
});

const flag = (name: string, label: string, start: 'on' | 'off'): Field => ({
  name,
  kind: 'flag',
  label,
  start,
  standard: 'off',
});

/** The languages by their own names; the first is inside, the others are loaded when they are chosen. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  it: 'Italiano',
  nl: 'Nederlands',
  pl: 'Polski',
  'pt-BR': 'Português (Brasil)',
  ar: 'العربية',
  ja: '日本語',
  ko: '한국어',
  'zh-CN': '简体中文',
} as const;
export type Language = keyof typeof LANGUAGES;

/** The attributes of the list, in the order in which people write them. */
export const ATTRIBUTES: readonly Field[] = [
  attribute('layout', 'Layout', ['list', 'grid', 'compact']),
  attribute('density', 'Density', ['comfortable', 'compact', 'spacious']),
  attribute('theme', 'Light or dark', ['auto', 'light', 'dark']),
  flag('controls', 'Toolbar', 'on'),
  flag('summary', 'Totals', 'on'),
  words(
    'sections',
    'What matters now',
    ['pinned', 'since-last-visit', 'nearly-done', 'running-out', 'recently-unlocked'],
    'all',
  ),
  { name: 'sort', kind: 'text', label: 'Sort', start: '', standard: '' },
  words('filter', 'Only these states', [
    'locked',
    'in-progress',
    'unlocked',
    'expired',
    'scheduled',
    'unknown',
    'revoked',
  ]),
  { name: 'query', kind: 'text', label: 'Search', start: '', standard: '' },
  attribute('group-by', 'Group by', ['none', 'state', 'type', 'title', 'campaign', 'category']),
  { name: 'limit', kind: 'number', label: 'Most cards (0 is all)', start: '0', standard: '0' },
  attribute('reveal', 'Secrets', ['ask', 'never', 'always']),
  words('hide', 'Leave out', [
    'icon',
    'state',
    'description',
    'progress',
    'points',
    'rewards',
    'rarity',
    'time',
    'marks',
    'estimate',
    'details',
    'action',
  ]),
  attribute('locked-picture', 'Pictures of locked ones', ['grey', 'own', 'hidden']),
  flag('hash', 'Links to one achievement (#achievement=…)', 'off'),
  { name: 'refresh', kind: 'number', label: 'Seconds between polls (0 is never)', start: '0', standard: '0' },
  attribute('cache', 'On the device', ['persistent', 'memory']),
  { name: 'link-schemes', kind: 'text', label: 'Link schemes beside https', start: '', standard: '' },
  attribute('locale', 'Language', Object.keys(LANGUAGES) as [string, ...string[]]),
  attribute('dir', 'Direction', ['ltr', 'rtl']),
];

export const READY_THEMES = ['none', 'midnight', 'paper', 'console', 'storefront'] as const;
export const WIDTHS = ['full', '768', '320'] as const;
export const FRAMEWORKS = ['html', 'react', 'vue', 'svelte'] as const;
export type Framework = (typeof FRAMEWORKS)[number];
export const PASTED_FORMATS = ['xbox', 'talon-one', 'json'] as const;
export type PastedFormat = (typeof PASTED_FORMATS)[number];

/** The faults that this page switches on. In an order of its own: an object would begin with the numbers. */
const FAULTS = [
  'none',
  'offline',
  'slow',
  'flaky',
  '401',
  '429',
  '500',
  'bad-data',
  'bad-envelope',
  'empty',
] as const satisfies readonly ('none' | Fault)[];

export const FAULT_WORDS: Readonly<Record<(typeof FAULTS)[number], string>> = {
  none: 'All well',
  offline: 'Offline',
  slow: 'Slow',
  flaky: 'Flaky',
  '401': '401',
  '429': '429',
  '500': '500',
  'bad-data': 'Bad data',
  'bad-envelope': 'HTML',
  empty: 'Empty',
};

/** The custom properties of the README's section Look, each with its own field. */
export const THEME_PROPERTIES = [
  { name: 'accent', label: 'Accent', type: 'colour' },
  { name: 'surface', label: 'Surface', type: 'colour' },
  { name: 'text', label: 'Text', type: 'colour' },
  { name: 'muted', label: 'Muted text', type: 'colour' },
  { name: 'border', label: 'Border', type: 'colour' },
  { name: 'gold', label: 'Gold', type: 'colour' },
  { name: 'radius', label: 'Radius', type: 'length' },
  { name: 'gap', label: 'Gap', type: 'length' },
  { name: 'font', label: 'Font', type: 'font' },
] as const;
export type ThemeProperty = (typeof THEME_PROPERTIES)[number]['name'];

const choice = (name: string, label: string, values: readonly [string, ...string[]]): Field => ({
  name,
  kind: 'choice',
  label,
  start: values[0],
  values,
});

/** Everything that the page's address can say. */
export const FIELDS: readonly Field[] = [
  choice('service', 'Service', ['starfall', 'shop', 'trailmark', 'file', 'together', 'paste']),
  choice('who', 'Player', ['nova', 'wren', 'guest']),
  choice('fault', 'What goes wrong', FAULTS),
  { name: 'token', kind: 'flag', label: 'Demand a token', start: 'off' },
  ...ATTRIBUTES,
  choice('ready-theme', 'Ready theme', READY_THEMES),
  choice('width', 'Width', WIDTHS),
  choice('snippet', 'Snippet for', FRAMEWORKS),
  choice('format', 'Format of the pasted text', ['by-shape', ...PASTED_FORMATS]),
  ...THEME_PROPERTIES.map(({ name, label }): Field => ({ name: `theme-${name}`, kind: 'text', label, start: '' })),
];

export const START: State = Object.fromEntries(FIELDS.map(({ name, start }) => [name, start]));

/** The field of a name. @throws {Error} where there is none */
export function fieldOf(name: string): Field {
  const field = FIELDS.find((known) => known.name === name);
  if (!field) throw new Error(`There is no field “${name}”`);
  return field;
}
