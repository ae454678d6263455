import { LocalizeController, registerTranslation } from '@shoelace-style/localize';
import type { ReactiveElement } from 'lit';
import { en } from '../locales/en.js';
import { formatsFor, type Formats } from '../locales/formats.js';
import type { Terms } from '../locales/terms.js';

/** The nearest `lang` around an element, through shadow roots; empty where there is none. */
function nearestLanguage(element: Element): string {
  let from: Element | null = element;
  while (from) {
    const marked: Element | null = from.closest('[lang]');
    const language = marked?.getAttribute('lang');
    if (language) return language;
    const root: Node = (marked ?? from).getRootNode();
    from = root instanceof ShadowRoot ? root.host : null;
  }
  return '';
}

/** Whether `Intl` understands a tag; pages hold all kinds of texts in `lang`. */
function isLanguageTag(tag: string): boolean {
  try {
    return tag !== '' && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/**
 * The words and formats of an element, in the language of its `locale`, else of the nearest `lang`, else of the
 * browser. The element renders again when the document's `lang` changes.
 */
export class LocaleController extends LocalizeController<Terms> {
  readonly #element: ReactiveElement;
  readonly #given: () => string | undefined;
  #language: string | undefined;

  /** @param given the language the element was told, if it was told one */
  constructor(host: ReactiveElement, given: () => string | undefined) {
    super(host);
    this.#element = host;
    this.#given = given;
    // Here and not at import: the module must be free of side effects.
    registerEnglish();
  }

  /** Looked up once for each update: an element says a dozen words in one. */
  hostUpdated(): void {
    this.#language = undefined;
  }

  override lang(): string {
    if (this.#language === undefined) {
      const candidates = [this.#given() ?? '', nearestLanguage(this.#element), navigator.language];
      this.#language = candidates.map((tag) => tag.replaceAll('_', '-')).find(isLanguageTag) ?? 'en';
    }
    return this.#language;
  }

  get formats(): Formats {
    return formatsFor(this.lang());
  }
}

let registered = false;
function registerEnglish(): void {
  if (registered) return;
  registered = true;
  registerTranslation(en);
}
