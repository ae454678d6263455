import { css, type PropertyValues, type TemplateResult } from 'lit';
import { SourceProvider } from './source-context.js';
import { SourceElement } from './source-element.js';
import { html } from './template.js';

/**
 * @summary Gives everything inside it one store: several elements show the same achievements, asked for once.
 *
 * @slot - The elements that use it, anywhere inside.
 *
 * @event {AchievementUnlockEvent} achievement-unlock - Achievements were unlocked, now or since the last visit.
 * @event {AchievementProgressEvent} achievement-progress - An achievement moved on.
 * @event {AchievementSyncEvent} achievement-sync - The store's status changed.
 * @event {AchievementProblemEvent} achievement-problem - Something went wrong.
 */
export class AchievementSource extends SourceElement {
  static override styles = css`
    :host {
      display: contents;
    }
  `;

  readonly #provider = new SourceProvider(this);

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { store, setupProblem: problem, locale, linkSchemes, environment } = this;
    const given = this.#provider.value;
    const same =
      given.store === store &&
      given.problem === problem &&
      (given.locale ?? '') === locale &&
      (given.linkSchemes ?? '') === linkSchemes &&
      given.clock === environment?.clock;
    // A new value wakes everything inside, a new snapshot must not.
    if (same) return;
    this.#provider.value = {
      ...(store ? { store } : {}),
      ...(problem ? { problem } : {}),
      ...(locale ? { locale } : {}),
      ...(linkSchemes ? { linkSchemes } : {}),
      ...(environment?.clock ? { clock: environment.clock } : {}),
    };
  }

  override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}
