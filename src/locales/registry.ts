import { writingOf } from '../model/language.js';
import { en } from './en.js';
import type { Terms } from './terms.js';

/** By tag in lower case, and by language and script as `zh-Hans`. */
const registered = new Map([['en', en]]);
const listeners = new Set<() => void>();

/**
 * Adds a language, or replaces it; what is shown in it is said again. A term that is missing is said in English.
 * @param language a BCP 47 tag
 */
export function registerLocale(language: string, terms: Partial<Terms>): void {
  const all = { ...en, ...terms };
  registered.set(writingOf(language), all).set(language.toLowerCase(), all);
  for (const listener of listeners) listener();
}

/** Words, and the language they are in. */
export interface Spoken {
  readonly terms: Terms;
  /** A BCP 47 tag: numbers and dates belong to the words around them. */
  readonly language: string;
}

/**
 * What is spoken where a language is wanted: for `pt-PT` itself, else `pt`, else another one that its readers can read,
 * as `pt-BR`, else English. Traditional and simplified Chinese do not stand in for each other.
 */
export function spokenFor(wanted: string): Spoken {
  const tag = wanted.toLowerCase();
  const terms = registered.get(tag) ?? registered.get(tag.replace(/-.*/, '')) ?? registered.get(writingOf(wanted));
  return terms ? { terms, language: wanted } : { terms: en, language: 'en' };
}

let observer: MutationObserver | undefined;

/** Calls back when the words may have changed: a language was added, or the document's `lang`. Returns what ends it. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => listeners.forEach((each) => each()));
    // The host may have named an element `documentElement`.
    observer.observe(Reflect.get(Document.prototype, 'documentElement', document), { attributeFilter: ['lang'] });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
