import { css } from 'lit';

/**
 * The few values that everything is painted with. Each public property has a private twin, so that the public name says
 * what a host set and nothing else. Light and dark follow the page's `color-scheme`, unless `theme` says otherwise.
 */
export const tokens = css`
  :host {
    --_accent: var(--achievement-accent, light-dark(#3454e6, #8fa2ff));
    --_surface: var(--achievement-surface, light-dark(#ffffff, #181c26));
    --_text: var(--achievement-text, light-dark(#12151c, #f1f3f8));
    --_muted: var(--achievement-muted, light-dark(#59616f, #a3abba));
    --_border: var(--achievement-border, light-dark(#e2e5ec, #2b3140));
    --_gold: var(--achievement-gold, light-dark(#8a5a0b, #f2bd55));
    --_radius: var(--achievement-radius, 16px);
    --_urgent: light-dark(#b0390b, #ffab5e);
    --_danger: light-dark(#b3261e, #ff8a80);
    --_success: light-dark(#0b8a52, #18a566);
    --_quiet: light-dark(#eef0f5, #262c39);
    --_gold-surface: light-dark(#f8efdf, #332b1c);
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  :host([hidden]) {
    display: none;
  }

  .spoken {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .glyph {
    inline-size: 1em;
    block-size: 1em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    box-sizing: border-box;
    min-block-size: 44px;
    padding: 0 12px;
    border: 1px solid var(--_border);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 13px;
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;
  }

  .button:hover {
    border-color: var(--_muted);
  }

  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
`;
