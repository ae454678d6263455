import { THEME_PROPERTIES, type ThemeProperty } from './fields.js';

/** The custom properties that are set, without `--achievement-`. */
export type ThemeValues = Readonly<Partial<Record<ThemeProperty, string>>>;

export interface ImportedTheme {
  readonly values: ThemeValues;
  /** A sentence for each declaration that was left out. */
  readonly complaints: readonly string[];
}

const ROOT_FONT_SIZE = 16;

/** The properties as a rule for every list of a page; empty without any. */
export function themeCss(values: ThemeValues): string {
  const lines = THEME_PROPERTIES.flatMap(({ name }) =>
    values[name] ? [`  --achievement-${name}: ${values[name]};\n`] : [],
  );
  return lines.length > 0 ? `achievement-list {\n${lines.join('')}}\n` : '';
}

/** A length in pixels; `undefined` where it depends on something else than the size of the page's letters. */
export function pixelsOf(length: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d*\.?\d+)(px|rem)?$/i.exec(length.trim()) ?? [];
  if (number === '' || (unit === '' && Number(number) !== 0)) return undefined;
  return Number(number) * (unit.toLowerCase() === 'rem' ? ROOT_FONT_SIZE : 1);
}

/**
 * Reads the custom properties out of any style sheet, whatever the selectors; the last of each counts.
 * @param isColour whether the browser takes a text for a colour
 */
export function readThemeCss(css: string, isColour: (value: string) => boolean): ImportedTheme {
  const values: Partial<Record<ThemeProperty, string>> = {};
  const complaints: string[] = [];
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, ' ');
  for (const [, name = '', text = ''] of bare.matchAll(/--achievement-([\w-]+)\s*:([^;{}]*)/g)) {
    const value = text
      .replace(/!important/i, '')
      .trim()
      .replace(/\s+/g, ' ');
    const property = THEME_PROPERTIES.find((known) => known.name === name);
    if (!property) {
      complaints.push(`--achievement-${name} does not exist and was left out.`);
    } else if (property.type === 'colour' && !isColour(value)) {
      complaints.push(`--achievement-${name}: “${value}” is no colour and was left out.`);
    } else if (property.type === 'length' && pixelsOf(value) === undefined) {
      complaints.push(`--achievement-${name}: “${value}” is no length in px or rem and was left out.`);
    } else if (value === '') {
      complaints.push(`--achievement-${name} has no value and was left out.`);
    } else {
      values[property.name] = property.type === 'length' ? `${pixelsOf(value)}px` : value;
    }
  }
  if (Object.keys(values).length === 0 && complaints.length === 0) {
    complaints.push('There is no property that begins with --achievement- in this text.');
  }
  return { values, complaints };
}
