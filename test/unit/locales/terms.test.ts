import { describe, expect, it } from 'vitest';
import { en } from '../../../src/locales/en.js';
import type { Terms } from '../../../src/locales/terms.js';
import { languages, marks, said, tags, termsOf, textCountOf, textsOf } from './support.js';
import { problemCodes } from '../../support/problem-codes.js';

const names = Object.keys(en) as (keyof Terms)[];

/** Words that are the same in English. */
const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  de: ['details', 'offline', 'sortName'],
  fr: ['detailDescription', 'layoutCompact', 'points', 'sortPoints'],
  it: ['offline'],
  nl: ['details', 'offline', 'detailPlatforms', 'detailProduct', 'detailTitles', 'layoutCompact'],
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

/** The terms that stand beside each other: who chooses between two that read the same chooses blindly. */
const choices: readonly (readonly (keyof Terms)[])[] = [
  [
    'sectionPinned',
    'sectionSinceLastVisit',
    'sectionNearlyDone',
    'sectionRunningOut',
    'sectionRecentlyUnlocked',
    'everythingElse',
    'otherGroup',
    'achievements',
  ],
  ['all', 'stateInProgress', 'stateUnlocked', 'stateLocked', 'stateScheduled', 'stateExpired', 'stateUnknown'],
  [
    'sortOrder',
    'sortState',
    'progress',
    'sortRemaining',
    'sortUnlocked',
    'detailRarity',
    'sortPoints',
    'sortName',
    'sortEnds',
  ],
  ['groupNone', 'sortState', 'detailTitles', 'detailCampaigns', 'detailKind', 'detailCategory'],
  ['layoutList', 'layoutGrid', 'layoutCompact'],
  ['ascending', 'descending'],
  ['toolbar', 'search', 'filter', 'layout', 'sortBy', 'thenBy', 'groupBy', 'reset'],
];

/** The choices of which some read the same. */
const blindChoices = (terms: Terms) =>
  choices.filter((choice) => new Set(choice.map((name) => said(terms, name, 5))).size < choice.length);

/** Arrows are pictures, which turn with the direction of the page or do not; in a text they do as they like. */
const arrows = /[\u2190-\u21ff\u2794-\u27be\u2b00-\u2b11]/;

const withArrows = (terms: Terms) => [...textsOf(terms)].filter(([, text]) => arrows.test(text)).map(([name]) => name);

/** Texts in which `<bdi>` would find another direction than from right to left, or with marks of the other direction. */
const notRightToLeft = (terms: Terms) =>
  [...textsOf(terms)]
    .filter(([, text]) => !/^\P{L}*\p{Script=Arabic}/u.test(text) || /[,;?%\u200e]/.test(text))
    .map(([name]) => name);

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
      [terms.pin, terms.pinLabel('x')],
    ];
    for (const [shown, label] of buttons) expect(label.toLowerCase()).toContain(shown.toLowerCase());
  });

  it('has different words for what one chooses between, and for sections that follow each other', () => {
    expect(blindChoices(terms)).toEqual([]);
  });

  it('leaves arrows to the icons', () => {
    expect(withArrows(terms)).toEqual([]);
  });

  it('begins the date of an unlock with the state, so that a screen reader hears it once', () => {
    expect(terms.unlockedOn('x').startsWith(terms.stateUnlocked)).toBe(true);
  });
});

describe('Arabic', () => {
  it('runs from right to left in every text, by its first letter, with the punctuation of its script', () => {
    expect(notRightToLeft(termsOf('ar'))).toEqual([]);
  });
});

describe('the checks themselves', () => {
  it('find what is left in English (control)', () => {
    const german = termsOf('de');
    expect(untranslated({ ...german, tryAgain: en.tryAgain, ends: en.ends })).toEqual([
      'sortName',
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

  it('find choices that read the same (control)', () => {
    const german = termsOf('de');
    expect(blindChoices({ ...german, descending: german.ascending })).toEqual([['ascending', 'descending']]);
  });

  it('find arrows (control)', () => {
    expect(withArrows({ ...termsOf('ar'), ascending: 'تصاعدي ←' })).toEqual(['ascending']);
  });

  it('find what does not run from right to left (control)', () => {
    const arabic = termsOf('ar');
    const broken: Terms = { ...arabic, pinLabel: (name) => `Pin: ${name}`, toolbar: 'البحث, والترتيب' };
    expect(notRightToLeft(broken)).toEqual(['pinLabel', 'toolbar']);
  });
});
