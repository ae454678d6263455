import type { TemplateResult } from 'lit';
import { html } from '../elements/template.js';

/** The controls that a legend names. */
export type GamepadControl = 'move' | 'below' | 'right' | 'left' | 'shoulders' | 'middle';
type Family = 'xbox' | 'playstation' | 'nintendo' | 'generic';

/** Letters and signs as they are printed on the buttons; what is drawn is path data in a box of 24 by 24. */
type Sign = { readonly text: string } | { readonly path: string };

const CROSS = 'M9 3h6v6h6v6h-6v6H9v-6H3V9h6z';
const SQUARES = 'M9 9h11v10H9zM15 9V5H4v10h5';
const PILL = 'M8 7h8a5 5 0 0 1 0 10H8a5 5 0 0 1 0-10z';

/** A dot of the four buttons. */
const dot = (x: number, y: number) => `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0-6 0`;
const DOTS = { above: dot(12, 5), right: dot(19, 12), below: dot(12, 19), left: dot(5, 12) } as const;

const SIGNS: Readonly<Record<Exclude<Family, 'generic'>, Readonly<Partial<Record<GamepadControl, Sign>>>>> = {
  xbox: { below: { text: 'A' }, right: { text: 'B' }, left: { text: 'X' }, middle: { path: SQUARES } },
  playstation: {
    below: { path: 'M7 7l10 10M17 7L7 17' },
    right: { path: 'M6 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0' },
    left: { path: 'M7 7h10v10H7z' },
  },
  nintendo: { below: { text: 'B' }, right: { text: 'A' }, left: { text: 'Y' }, middle: { path: 'M6 12h12' } },
};

const SHOULDERS: Readonly<Record<Family, readonly [string, string]>> = {
  xbox: ['LB', 'RB'],
  playstation: ['L1', 'R1'],
  nintendo: ['L', 'R'],
  generic: ['L', 'R'],
};

const drawn = (path: string, filled = '') =>
  html`<svg class="drawn" viewBox="0 0 24 24">
    <path d=${path}></path>
    <path class="filled" d=${filled}></path>
  </svg>`;

/** A control as it looks on a gamepad of a family. */
export function gamepadGlyph(control: GamepadControl, family: Family): TemplateResult {
  if (control === 'move') return drawn(CROSS);
  if (control === 'shoulders') {
    const [left, right] = SHOULDERS[family];
    return html`<span class="key wide">${left}</span><span class="key wide">${right}</span>`;
  }
  const sign = family === 'generic' ? undefined : SIGNS[family][control];
  if (sign) return html`<span class="key">${'text' in sign ? sign.text : drawn(sign.path)}</span>`;
  if (control === 'middle') return drawn(PILL);
  // Where nobody knows what is printed on it, its place among the four.
  return drawn(Object.values(DOTS).join(''), DOTS[control]);
}
