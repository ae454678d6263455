import { en } from './en.js';
import type { Terms } from './terms.js';

const registered = new Map<string, Terms>();
const listeners = new Set<() => void>();

/** Adds a language, or replaces it; what is shown in it is said again. A term that is missing is said in English. */
export function registerLocale(language: string, terms: Partial<Terms>): void {
  registered.set(language.toLowerCase(), { ...en, ...terms });
  for (const listener of listeners) listener();
}

/** The words of a language: of `pt-BR`, else of `pt`, else English. */
export function termsFor(language: string): Terms {
  const tag = language.toLowerCase();
  return registered.get(tag) ?? registered.get(tag.split('-', 1)[0] ?? '') ?? en;
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
