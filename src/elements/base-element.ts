import { LitElement, type ComplexAttributeConverter, type PropertyValues } from 'lit';

/** One attempt for all elements: a page's policy does not change. */
let isRefused = false;

/** What the engines say where a page takes markup from its own Trusted Types policies only. */
function isRefusedMarkup(error: unknown): boolean {
  return 'trustedTypes' in globalThis && error instanceof TypeError && /innerHTML|TrustedHTML/.test(error.message);
}

/** For a property whose attribute may be removed: then there is no text, which is not `null`. */
export const text: ComplexAttributeConverter<string> = { fromAttribute: (value) => value ?? '' };

/** The base of all elements: where a page's policy refuses templates, they show nothing and do no harm. */
export abstract class BaseElement extends LitElement {
  protected override shouldUpdate(_changed: PropertyValues): boolean {
    return !isRefused;
  }

  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      if (!isRefusedMarkup(error)) throw error;
      isRefused = true;
      console.warn(
        'achievement-elements: the Trusted Types of this page refuse templates. ' +
          "Add to its policy: trusted-types lit-html achievement-elements 'allow-duplicates'.",
      );
    }
  }
}
