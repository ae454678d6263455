import type { ReactiveElement, TemplateResult } from 'lit';
import { safeImage, type SafeUrl, type UrlPolicy, type VisibleAchievement } from '../model/index.js';
import { html } from './template.js';

/** The pictures of an element: those that its policy allows, without the ones that could not be loaded. */
export class Pictures {
  readonly #host: ReactiveElement;
  #broken: ReadonlySet<string> | undefined;

  constructor(host: ReactiveElement) {
    this.#host = host;
  }

  /** The address of a picture that can be shown. */
  at(url: string | undefined, policy: UrlPolicy): SafeUrl | undefined {
    const safe = safeImage(url, policy);
    return safe && !this.#broken?.has(safe) ? safe : undefined;
  }

  /** The address of an achievement's own picture. */
  of({ media }: Pick<VisibleAchievement, 'media'>, policy: UrlPolicy): SafeUrl | undefined {
    return this.at(media.icon?.url ?? media.art?.url, policy);
  }

  /** The attributes give the box its size, in CSS pixels, before the picture is there. */
  render(url: SafeUrl, size: number): TemplateResult {
    return html`<img
      src=${url}
      alt=""
      width=${size}
      height=${size}
      loading="lazy"
      decoding="async"
      referrerpolicy="no-referrer"
      @error=${() => {
        this.#broken = new Set([...(this.#broken ?? []), url]);
        this.#host.requestUpdate();
      }}
    />`;
  }
}
