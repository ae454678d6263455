import { describe, expect, it } from 'vitest';
import { en } from '../../../src/locales/en.js';
import type { Terms } from '../../../src/locales/terms.js';
import { languages, marks, said, tags, termsOf, textCountOf, textsOf } from './support.js';
import { problemCodes } from '../../support/problem-codes.js';

const names = Object.keys(en) as (keyof Terms)[];

/** Words that are the same in English. */
const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  de: ['details', 'offline'],
  fr: ['detailDescription', 'points'],
  it: ['offline'],
  nl: ['details', 'offline', 'detailPlatforms', 'detailProduct', 'detailTitles'],
};

/** The terms whose text is that of English. */
function untranslated(terms: Terms): string[] {
  const english = textsOf(en);
  // Not "«1» / «2»": that is no word.
  return [...textsOf(terms)].filter(([name, text]) => text === english.get(name)).map(([name]) => name);
}

/** English words that no text of the other languages needs. */
const englishWords = /\b(?:the|you|your|this|could|please|achievements?|unlocked|players?)\b/i;

const inEnglish = (terms: Terms) =>
  [...textsOf(terms)].filter(([, text]) => englishWords.test(text)).map(([name]) => name);

describe('the languages', () => {
  it('are these', () => {
    expect([...tags].sort()).toEqual(['ar', 'de', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pl', 'pt-BR', 'zh-CN']);
  });
});

describe.each([...languages])('%s', (tag, terms) => {
  it('has every term of English, of the same kind, and none that English lacks', () => {
    expect(Object.keys(terms).sort()).toEqual([...names].sort());
    for (const name of names) expect(typeof terms[name], name).toBe(typeof en[name]);
  });

  it('says what it is given', () => {
    for (const name of names) {
      for (const mark of marks.slice(0, textCountOf(name))) expect(said(terms, name, 5), name).toContain(mark);
    }
    for (const text of textsOf(terms).values()) expect(text).not.toMatch(/undefined|NaN|\[object/);
  });

  it('has words of its own for each problem', () => {
    expect(new Set(problemCodes.map((code) => terms.problem(code))).size).toBe(problemCodes.length);
  });

  it('has nothing left in English', () => {
    expect(untranslated(terms).sort()).toEqual([...(sameAsEnglish[tag] ?? [])].sort());
    expect(inEnglish(terms)).toEqual([]);
  });

  it('is set with care: no stray spaces, typewriter quotes or triple dots', () => {
    const careless = [...textsOf(terms)].filter(([, text]) => text === '' || /^\s|\s$| {2}|['"]|\.\.\./.test(text));
    expect(careless).toEqual([]);
  });

  it('tells every detail by a label of its own', () => {
    const labels = names.filter((name) => name.startsWith('detail') && name !== 'details' && name !== 'detailsLabel');
    const texts = labels.map((name) => terms[name]);
    expect(new Set(texts).size).toBe(labels.length);
  });

  it('has a label for each button that contains what the button shows, for who speaks to the page', () => {
    const buttons: readonly (readonly [shown: string, label: string])[] = [
      [terms.reveal, terms.revealLabel],
      [terms.mask, terms.maskLabel('x')],
      [terms.openInGame, terms.openLabel('x')],
      [terms.details, terms.detailsLabel('x')],
    ];
    for (const [shown, label] of buttons) expect(label.toLowerCase()).toContain(shown.toLowerCase());
  });

  it('begins the date of an unlock with the state, so that a screen reader hears it once', () => {
    expect(terms.unlockedOn('x').startsWith(terms.stateUnlocked)).toBe(true);
  });
});

describe('the checks themselves', () => {
  it('find what is left in English (control)', () => {
    const german = termsOf('de');
    expect(untranslated({ ...german, tryAgain: en.tryAgain, ends: en.ends })).toEqual([
      'ends',
      'details',
      'offline',
      'tryAgain',
    ]);
    expect(inEnglish({ ...german, empty: 'Noch keine achievements.' })).toEqual(['empty']);
  });

  it('find English in English (control)', () => {
    expect(untranslated(en)).toHaveLength(textsOf(en).size);
    expect(inEnglish(en).length).toBeGreaterThan(10);
  });
});
