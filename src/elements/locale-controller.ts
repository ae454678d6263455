import type { ReactiveController, ReactiveElement } from 'lit';
import { formatsFor, type Formats } from '../locales/formats.js';
import { onLanguageChange, spokenFor, type Spoken } from '../locales/registry.js';
import type { Terms } from '../locales/terms.js';

/** The nearest `lang` around an element, through shadow roots; empty where there is none. */
function nearestLanguage(element: Element): string {
  let from: Element | null = element;
  while (from) {
    const language: string | null | undefined = from.closest('[lang]')?.getAttribute('lang');
    if (language) return language;
    const root: Node = from.getRootNode();
    from = root instanceof ShadowRoot ? root.host : null;
  }
  return '';
}

/** What was asked before: every card asks for the same one. */
const languageTags = new Map<string, boolean>();

/** Whether `Intl` understands a tag; pages hold all kinds of texts in `lang`. */
function isLanguageTag(tag: string): boolean {
  let isTag = languageTags.get(tag);
  if (isTag === undefined) {
    try {
      isTag = tag !== '' && Intl.getCanonicalLocales(tag).length === 1;
    } catch {
      isTag = false;
    }
    languageTags.set(tag, isTag);
  }
  return isTag;
}

/** The language an element was told, else of the nearest `lang`, else of the browser, as a BCP 47 tag. */
export function languageOf(element: Element, given: string | undefined): string {
  const known = (tag: string) => {
    const written = tag.replaceAll('_', '-');
    return isLanguageTag(written) ? written : undefined;
  };
  // In this order, and no further than it takes: looking around an element is slow.
  return known(given ?? '') ?? known(nearestLanguage(element)) ?? known(navigator.language) ?? 'en';
}

/**
 * The words and formats of an element, in the language it was told, else of the nearest `lang`, else of the browser. The
 * element renders again when the document's `lang` changes or a language is added.
 */
export class LocaleController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #given: () => string | undefined;
  #language: string | undefined;
  #spoken: Spoken | undefined;
  #leave: (() => void) | undefined;

  /** @param given the language the element was told, if it was told one */
  constructor(host: ReactiveElement, given: () => string | undefined) {
    this.#host = host;
    this.#given = given;
    host.addController(this);
  }

  hostConnected(): void {
    this.#leave = onLanguageChange(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#leave?.();
  }

  /** Looked up once for each update: an element says a dozen words in one. */
  hostUpdated(): void {
    this.#language = this.#spoken = undefined;
  }

  /** The language that is wanted, as a BCP 47 tag. */
  get language(): string {
    return (this.#language ??= languageOf(this.#host, this.#given()));
  }

  get terms(): Terms {
    return this.#speak().terms;
  }

  get formats(): Formats {
    return formatsFor(this.#speak().language);
  }

  #speak(): Spoken {
    return (this.#spoken ??= spokenFor(this.language));
  }
}
