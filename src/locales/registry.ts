import { en } from './en.js';
import type { Terms } from './terms.js';

const registered = new Map<string, Terms>();
const listeners = new Set<() => void>();

/** Adds a language, or replaces it; what is shown in it is said again. A term that is missing is said in English. */
export function registerLocale(language: string, terms: Partial<Terms>): void {
  registered.set(language.toLowerCase(), { ...en, ...terms });
  for (const listener of listeners) listener();
}

/** Words, and the language they are in. */
export interface Spoken {
  readonly terms: Terms;
  /** A BCP 47 tag: numbers and dates belong to the words around them. */
  readonly language: string;
}

/** What is spoken where a language is wanted: `pt-BR` itself, else `pt`, else English. */
export function spokenFor(wanted: string): Spoken {
  const [base = ''] = wanted.toLowerCase().split('-', 1);
  const terms = registered.get(wanted.toLowerCase()) ?? registered.get(base);
  return { terms: terms ?? en, language: terms || base === 'en' ? wanted : 'en' };
}

let observer: MutationObserver | undefined;

/** Calls back when the words may have changed: a language was added, or the document's `lang`. Returns what ends it. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(() => listeners.forEach((each) => each()));
    observer.observe(document.documentElement, { attributeFilter: ['lang'] });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}
