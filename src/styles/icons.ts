import type { TemplateResult } from 'lit';
import { html } from '../elements/template.js';

export { icons } from './icon-paths.js';

/** A glyph where there are few of them; what is shown on every card draws its own, without a template in between. */
export function glyph(path: string): TemplateResult {
  return html`<svg class="glyph" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}
