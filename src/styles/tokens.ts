import { css } from 'lit';

/**
 * The few values that everything is painted with. Each public property has a private twin, so that the public name says
 * what a host set and nothing else. Light and dark follow the page's `color-scheme`, unless `theme` says otherwise. What
 * a host need not set is mixed from what it did: whoever sets a surface and a text gets lines and warnings that fit.
 */
export const tokens = css`
  :host {
    --_accent: var(--achievement-accent, light-dark(#3454e6, #8fa2ff));
    --_surface: var(--achievement-surface, light-dark(#ffffff, #181c26));
    --_text: var(--achievement-text, light-dark(#101828, #f1f3f8));
    --_gold: var(--achievement-gold, light-dark(#8a5a0b, #f2bd55));
    --_muted: var(--achievement-muted, color-mix(in srgb, var(--_text) 68%, var(--_surface)));
    --_border: var(--achievement-border, color-mix(in srgb, var(--_text) 12%, var(--_surface)));
    --_control: color-mix(in srgb, var(--_text) 56%, var(--_surface));
    --_quiet: color-mix(in srgb, var(--_text) 7%, var(--_surface));
    --_track: color-mix(in srgb, var(--_text) 12%, var(--_surface));
    --_glow: oklch(from var(--_gold) 0.73 calc(c * 1.4) h);
    --_gold-surface: color-mix(in srgb, var(--_glow) 14%, var(--_surface));
    --_gold-border: color-mix(in srgb, var(--_glow) 70%, var(--_surface));
    --_accent-border: color-mix(in srgb, var(--_accent) 35%, var(--_border));
    --_urgent: color-mix(in srgb, #ff5f00 60%, var(--_text));
    --_danger: color-mix(in srgb, #f5352b 65%, var(--_text));
    --_success: #0f9158;
    --_radius: var(--achievement-radius, 16px);
    --_round: calc(var(--_radius) * 99);
    display: block;
    color: var(--_text);
    font-family: var(--achievement-font, inherit);
    /* Of the text around it: whoever enlarges that enlarges everything that is to be read in here. */
    font-size: 0.9375em;
    line-height: 1.4;
  }

  /*
   * Engines from before the middle of 2024, which games, streaming programs and telephones keep for years: the colours of
   * the system, which follow the colour scheme too, and what can be read on both.
   */
  @supports not ((color: light-dark(red, red)) and (color: oklch(from red l c h))) {
    :host {
      --_accent: var(--achievement-accent, #5b74f0);
      --_surface: var(--achievement-surface, Canvas);
      --_text: var(--achievement-text, CanvasText);
      --_gold: var(--achievement-gold, #a8741a);
      --_muted: var(--achievement-muted, #787878);
      --_border: var(--achievement-border, rgb(128 128 128 / 30%));
      --_control: #878787;
      --_quiet: rgb(128 128 128 / 12%);
      --_track: rgb(128 128 128 / 30%);
      --_glow: var(--_gold);
      --_gold-surface: var(--_surface);
      --_gold-border: var(--_gold);
      --_accent-border: var(--_accent);
      --_urgent: #d2601f;
      --_danger: #e0483e;
    }
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
    border-radius: min(10px, var(--_radius));
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: 0.8667em;
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
