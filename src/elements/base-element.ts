import { LitElement, type ComplexAttributeConverter, type PropertyValues } from 'lit';
import { isPageHidden } from './dom.js';

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
  #isToldByStore = false;
  /** Resolves with the next frame, once what a store told has been rendered in this one. */
  #frame: Promise<void> | undefined;

  /**
   * Renders what a store told: the first of a frame at once, and what comes after it together with the next frame. A game
   * that tells a thousand steps in a second costs one render for each picture that is seen. `updateComplete` waits.
   */
  requestStoreUpdate(): void {
    this.#isToldByStore = true;
    this.requestUpdate();
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    return this.#frame ? this.#frame.then(() => super.scheduleUpdate()) : super.scheduleUpdate();
  }

  protected override shouldUpdate(_changed: PropertyValues): boolean {
    return !isRefused;
  }

  protected override performUpdate(): void {
    // A hidden page has no frames; it must be right when it is shown.
    if (this.#isToldByStore && !isPageHidden()) {
      this.#frame = new Promise((resolve) => {
        requestAnimationFrame(() => {
          this.#frame = undefined;
          resolve();
        });
      });
    }
    this.#isToldByStore = false;
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
