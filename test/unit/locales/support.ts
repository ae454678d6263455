import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { en } from '../../../src/locales/en.js';
import type { Terms } from '../../../src/locales/terms.js';
import { problemCodes } from '../../support/problem-codes.js';

const folder = fileURLToPath(new URL('../../../src/locales/', import.meta.url));

/** The tags of all languages beside English: those that have a file. */
export const tags: readonly string[] = readdirSync(folder)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => /^[a-z]{2}(-[A-Z]{2})?$/.test(name) && name !== 'en');

/** What each module exports. Loading it registers it. */
export const languages: ReadonlyMap<string, Terms> = new Map(
  await Promise.all(
    tags.map(async (tag): Promise<[string, Terms]> => {
      const exported = Object.values((await import(`../../../src/locales/${tag}.ts`)) as Record<string, Terms>);
      const [terms] = exported;
      if (!terms || exported.length !== 1) throw new Error(`${tag} exports ${exported.length} things, and not one`);
      return [tag, terms];
    }),
  ),
);

export function termsOf(tag: string): Terms {
  const terms = tag === 'en' ? en : languages.get(tag);
  if (!terms) throw new Error(`There is no ${tag}`);
  return terms;
}

/** Texts that no language writes itself, for the parameters of a term. */
export const marks = ['«1»', '«2»'] as const;

/** Every text of a language by its term, with marks for parameters, as said of five; a problem by its code. */
export function textsOf(terms: Terms): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, term] of Object.entries(terms) as [keyof Terms, Terms[keyof Terms]][]) {
    if (typeof term === 'string') texts.set(name, term);
    else if (name === 'problem') for (const code of problemCodes) texts.set(`problem ${code}`, terms.problem(code));
    else texts.set(name, said(terms, name, 5));
  }
  return texts;
}

/** The terms that take a text and the number it tells, by how many texts come before the number. */
const counted: Partial<Record<keyof Terms, number>> = {
  timesEarned: 1,
  points: 1,
  skipped: 1,
  incomplete: 2,
  pointsOf: 2,
};

/** A term with marks for its texts. */
export function said(terms: Terms, name: keyof Terms, count: number): string {
  const term = terms[name] as string | ((...given: (string | number)[]) => string);
  if (typeof term === 'string') return term;
  const texts = counted[name];
  return term(...(texts === undefined ? marks : [...marks.slice(0, texts), count]));
}

/** How many texts a term takes. */
export function textCountOf(name: keyof Terms): number {
  const term = en[name];
  return typeof term === 'string' || name === 'problem' ? 0 : (counted[name] ?? term.length);
}

/** Any white space as a space, without the invisible marks of direction: formatters differ in them. */
export const plain = (text: string): string => text.replace(/\s/g, ' ').replace(/[\u200e\u200f\u061c]/g, '');
