import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pixelsOf, readThemeCss, themeCss } from '../../../../demo/pages/playground/theme-css.js';

/** What a browser would say, for the colours of these tests. */
const isColour = (value: string) => /^#[0-9a-f]{3,8}$|^oklch\([\d. %]+\)$|^rebeccapurple$/i.test(value);

describe('a theme as CSS', () => {
  it('is a rule with what is set, in the order of the documentation', () => {
    expect(themeCss({ radius: '4px', accent: '#ff0000' })).toBe(
      'achievement-list {\n  --achievement-accent: #ff0000;\n  --achievement-radius: 4px;\n}\n',
    );
  });

  it('is nothing where nothing is set', () => {
    expect(themeCss({})).toBe('');
  });

  it('comes back as it was', () => {
    const values = { accent: 'oklch(0.7 0.2 30)', surface: '#fff', radius: '0px', gap: '12px', font: "'A B', serif" };
    expect(readThemeCss(themeCss(values), isColour)).toEqual({ values, complaints: [] });
  });

  it.each(['midnight', 'paper', 'console', 'storefront'])('%s is understood to the last property', (name) => {
    const css = readFileSync(new URL(`../../../../src/themes/${name}.css`, import.meta.url), 'utf8');
    const { values, complaints } = readThemeCss(css, isColour);
    expect(complaints).toEqual([]);
    expect(Object.keys(values)).toHaveLength(9);
  });

  it('is found in any rule, without comments, and the last word counts', () => {
    const css = `/* --achievement-accent: #111; */
      @media print { :root { --achievement-accent : #222 } }
      .shop achievement-list { --achievement-accent: RebeccaPurple !important; color: red }`;
    expect(readThemeCss(css, isColour).values).toEqual({ accent: 'RebeccaPurple' });
  });

  it.each([
    ['--achievement-akzent: #fff', 'does not exist'],
    ['--achievement-accent: 12px', 'is no colour'],
    ['--achievement-radius: 2vw', 'is no length in px or rem'],
    ['--achievement-font: ;', 'has no value'],
    ['color: red', 'no property that begins with --achievement-'],
    ['', 'no property that begins with --achievement-'],
  ])('that cannot be used is told: %j', (css, words) => {
    const { values, complaints } = readThemeCss(css, isColour);
    expect(values).toEqual({});
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain(words);
  });

  it.each([
    ['4px', 4],
    ['0', 0],
    ['.5rem', 8],
    ['1.25REM', 20],
    ['12', undefined],
    ['-3px', undefined],
    ['1em', undefined],
    ['calc(1px + 2px)', undefined],
  ])('knows %j as pixels', (length, pixels) => {
    expect(pixelsOf(length)).toBe(pixels);
  });
});
