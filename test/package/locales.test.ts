import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/locales/en.js';
import { distFiles, packageJson, read, root } from './dist.js';

const isLanguage = (name: string) => /^[a-z]{2}(-[A-Z]{2})?$/.test(name) && name !== 'en';

/** The names of the modules in a folder of `dist`. */
const modulesIn = (folder: string) =>
  distFiles
    .filter((path) => path.startsWith(folder) && path.endsWith('.js'))
    .map((path) => path.slice(folder.length).replace(/\.js$/, ''));

const languages = modulesIn('dist/locales/').filter(isLanguage);

const importsOf = (code: string) => ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);

describe('the languages of the package', () => {
  it('are entries, and nothing else of their folder is', () => {
    const entries = Object.keys(packageJson.exports)
      .map((key) => /^\.\/locales\/(.+)\.js$/.exec(key)?.[1])
      .filter((name) => name !== undefined);
    expect(entries.sort()).toEqual([...languages].sort());
    expect(languages.length).toBeGreaterThan(10);
  });

  it('are kept by a bundler though they are imported for what they do', () => {
    expect(packageJson['sideEffects']).toEqual(expect.arrayContaining(['./src/locales/*.ts', './dist/locales/*.js']));
  });
});

describe('the languages beside the one file', () => {
  let folder = '';

  /** The files as a page has them, beside a library that only remembers what it was told. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'achievement-elements-'));
    mkdirSync(join(folder, 'locales'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(folder, 'achievement-elements.js'),
      'export const told = new Map(); export const registerLocale = (tag, terms) => told.set(tag, terms);',
    );
    for (const language of languages) {
      copyFileSync(join(root, `dist/cdn/locales/${language}.js`), join(folder, `locales/${language}.js`));
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are the same as in the package', () => {
    expect(modulesIn('dist/cdn/locales/').sort()).toEqual([...languages].sort());
  });

  it.each(languages)('import the one file and nothing else, and are small: %s', (language) => {
    const code = read(`dist/cdn/locales/${language}.js`);
    expect(importsOf(code)).toEqual(['../achievement-elements.js']);
    expect(Buffer.byteLength(code)).toBeLessThan(6500);
    expect(code.trim().split('\n')).toHaveLength(2);
  });

  it('would be caught with a registry of their own, or without their minifier (control)', () => {
    expect(importsOf(read('dist/locales/de.js'))).not.toEqual(['../achievement-elements.js']);
    expect(read('dist/locales/de.js').trim().split('\n').length).toBeGreaterThan(2);
  });

  it.each(languages)('register themselves with every term: %s', async (language) => {
    const load = (path: string) => import(pathToFileURL(join(folder, path)).href) as Promise<Record<string, unknown>>;
    await load(`locales/${language}.js`);
    const { told } = (await load('achievement-elements.js')) as { told: Map<string, object> };
    expect(Object.keys(told.get(language) ?? {}).sort()).toEqual(Object.keys(en).sort());
  });
});
