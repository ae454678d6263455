import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import postcss from 'postcss';
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../scripts/files.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');

const names = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''));
const textOf = (folder: string) =>
  filesUnder(`${root}/${folder}`)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => read(`${folder}/${path}`))
    .join('\n');

const used = names(textOf('src/styles'), /var\((--achievement-[\w-]+)/g);
const files = filesUnder(`${root}/src/themes`).filter((path) => path.endsWith('.css'));

/** Everything in a theme that is more than values for what is public. */
function surplus(theme: string, css: string): string[] {
  const found: string[] = [];
  postcss.parse(css).walk((node) => {
    if (node.type === 'rule' && node.selector !== `:where([data-achievement-theme='${theme}'])`) {
      found.push(node.selector);
    }
    if (node.type === 'atrule') found.push(`@${node.name}`);
    if (node.type !== 'decl') return;
    const { prop, value, important } = node;
    if (prop !== 'color-scheme' && !used.has(prop)) found.push(prop);
    if (important || /url\(|var\(/i.test(value)) found.push(`${prop}: ${value}`);
  });
  return found;
}

/** The values of a theme, by property. */
function valuesOf(css: string): Map<string, string> {
  const values = new Map<string, string>();
  postcss.parse(css).walkDecls(({ prop, value }) => void values.set(prop, value));
  return values;
}

describe('the public properties', () => {
  it('are few', () => {
    expect([...used].sort()).toEqual(
      ['accent', 'border', 'font', 'gap', 'gold', 'muted', 'radius', 'surface', 'text'].map(
        (name) => `--achievement-${name}`,
      ),
    );
  });

  it('are those that the README names', () => {
    expect(names(read('README.md'), /(--achievement-[\w-]+)/g)).toEqual(used);
  });

  it('are those that the elements’ documentation names', () => {
    expect(names(textOf('src/elements'), /@cssproperty \[(--achievement-[\w-]+)/g)).toEqual(used);
  });

  it('are those that the demo explains', () => {
    expect(names(read('demo/themes.html'), /<th scope="row">(--achievement-[\w-]+)/g)).toEqual(used);
  });
});

describe('the themes', () => {
  it('are these', () => {
    expect(files).toEqual(['console.css', 'midnight.css', 'paper.css', 'storefront.css']);
  });

  it.each(files)('%s gives every public property a value, and does nothing else', (file) => {
    const css = read(`src/themes/${file}`);
    expect(surplus(file.replace('.css', ''), css)).toEqual([]);
    // A theme inside another one must not take anything from it.
    expect(new Set(valuesOf(css).keys())).toEqual(new Set(['color-scheme', ...used]));
  });

  it.each([
    ['midnight', 'dark'],
    ['paper', 'light'],
    ['console', 'dark'],
    ['storefront', 'light'],
  ])('%s is %s', (theme, scheme) => {
    const css = read(`src/themes/${theme}.css`);
    expect(valuesOf(css).get('color-scheme')).toBe(scheme);
    expect(css).toMatch(new RegExp(`^/\\* .*${scheme}`, 'i'));
  });

  it('would be caught doing more (control)', () => {
    const css = `
      @import 'https://example.com/font.css';
      :where([data-achievement-theme='bad']) { --achievement-shadow: none; --_accent: red; margin: 0 }
      body { color-scheme: dark !important; --achievement-font: url(x); }`;
    expect(surplus('bad', css)).toEqual([
      '@import',
      '--achievement-shadow',
      '--_accent',
      'margin',
      'body',
      'color-scheme: dark',
      '--achievement-font: url(x)',
    ]);
  });
});
