import { ATTRIBUTES, THEME_PROPERTIES, type State } from './fields.js';
import { SERVICES, TOGETHER } from './services.js';
import { themeCss, type ThemeValues } from './theme-css.js';

/** An attribute as people write it: `true` has no value, a number is one wherever there are types. */
export type Attribute = readonly [name: string, value: string | number | true];

/** What has to be written to get what the page shows. */
export interface Markup {
  readonly attributes: readonly Attribute[];
  /** The language whose words have to be loaded; absent for English. */
  readonly language?: string;
  readonly readyTheme?: string;
  /** The custom properties as a rule for `achievement-list`; empty without any. */
  readonly css: string;
  /** The list has to be given a function that gives a token. */
  readonly needsToken: boolean;
  /** The backends that are shown as one: the function of each, and what it asks. */
  readonly combined?: readonly (readonly [backend: string, src: string])[];
}

/** What stands in the snippet for a text that was pasted: it came from somewhere. */
const PASTED_SOURCES: Readonly<Record<string, string>> = {
  xbox: '/your-proxy/xbox/users/me/achievements',
  'talon-one': '/your-proxy/talon-one/achievements',
  json: '/your-achievements.json',
};

/** The attributes beyond the service's own: only what differs from what the element does anyway. */
export function optionAttributes(state: State): Attribute[] {
  return ATTRIBUTES.flatMap(({ name, kind, standard }): Attribute[] => {
    const value = state[name] ?? standard ?? '';
    if (value === standard) return [];
    if (kind === 'flag') return [[name, true]];
    return [[name, kind === 'number' ? Number(value) : value]];
  });
}

/** Where the achievements come from. @param pastedFormat what the pasted text is, where there is one */
function sourceAttributes(state: State, pastedFormat: string | undefined): Attribute[] {
  if (state['service'] === 'paste') {
    const format = pastedFormat ?? 'json';
    const backend: Attribute[] = format === 'json' ? [] : [['backend', format]];
    return [...backend, ['src', PASTED_SOURCES[format] ?? '']];
  }
  const service = SERVICES[state['service'] ?? ''];
  const prefix = state['token'] === 'on' && state['service'] !== 'file' ? '/secure' : '';
  const attributes = Object.entries(service?.attributes ?? {}).map(([name, value]): Attribute => [
    name,
    name === 'src' ? prefix + value : value,
  ]);
  const player = service?.players[state['who'] ?? ''];
  return player === undefined ? attributes : [...attributes, ['player', player]];
}

/** The custom properties that are set. */
export function themeValues(state: State): ThemeValues {
  return Object.fromEntries(
    THEME_PROPERTIES.flatMap(({ name }) => {
      const value = state[`theme-${name}`];
      return value ? [[name, value]] : [];
    }),
  );
}

/** Everything that has to be written for a state. */
export function markupOf(state: State, pastedFormat?: string): Markup {
  const { locale = 'en', service } = state;
  const readyTheme = state['ready-theme'] ?? 'none';
  const hasToken = state['token'] === 'on' && service !== 'paste' && service !== 'file';
  const prefix = hasToken ? '/secure' : '';
  return {
    attributes: [
      ...sourceAttributes(state, pastedFormat),
      ...optionAttributes(state),
      ...(readyTheme === 'none' ? [] : [['data-achievement-theme', readyTheme] as const]),
    ],
    ...(locale === 'en' ? {} : { language: locale }),
    ...(readyTheme === 'none' ? {} : { readyTheme }),
    css: themeCss(themeValues(state)),
    needsToken: hasToken,
    ...(service === 'together' ? { combined: TOGETHER.map(([backend, src]) => [backend, prefix + src] as const) } : {}),
  };
}
