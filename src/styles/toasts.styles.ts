import { css } from 'lit';

export const toastsStyles = css`
  :host {
    position: fixed;
    z-index: 1000;
    inset: 0;
    display: flex;
    flex-direction: column;
    padding: var(--_margin, 16px);
    box-sizing: border-box;
    pointer-events: none;
    font-size: calc(15px * var(--_scale, 1));
    line-height: 1.35;
  }

  /* Without a position that can be used: the default. */
  :host {
    align-items: flex-end;
    justify-content: flex-end;
  }

  :host([position^='top']) {
    justify-content: flex-start;
  }

  :host(:is([position='start'], [position='center'], [position='end'])) {
    justify-content: center;
  }

  :host([position$='start']) {
    align-items: flex-start;
  }

  :host(:is([position='top'], [position='center'], [position='bottom'])) {
    align-items: center;
  }

  .stack {
    display: flex;
    flex-direction: column;
    gap: 0.6667em;
    inline-size: min(30em, 100%);
    max-block-size: 100%;
    container-type: inline-size;
    /* What does not fit is cut off at the far end, not pushed over the edge. */
    min-block-size: 0;
  }

  :host(:is([grow='up'], [position^='bottom']:not([grow='down']))) .stack {
    flex-direction: column-reverse;
  }

  .toast {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 0.8em;
    padding: 0.8em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 0.5333em 1.8667em rgb(8 11 20 / 28%);
    pointer-events: auto;
    animation: enter 260ms cubic-bezier(0.2, 0.9, 0.3, 1.15) backwards;
    transition: opacity 180ms;
  }

  .toast.leaving {
    opacity: 0;
  }

  :host([position^='bottom']) {
    --_from: 1.2em;
  }

  @keyframes enter {
    from {
      opacity: 0;
      transform: translateY(var(--_from, -1.2em));
    }
  }

  .rare {
    --_kind: var(--_gold);
    border-color: var(--_gold-border);
    background: var(--_gold-surface);
    box-shadow:
      0 0 1.8667em color-mix(in srgb, var(--_glow) 34%, transparent),
      0 0.5333em 1.8667em rgb(8 11 20 / 28%);
  }

  .complete {
    --_kind: var(--_accent);
    border: 2px solid var(--_accent);
  }

  @supports (color: color-mix(in srgb, red, red)) {
    .complete {
      background: linear-gradient(color-mix(in srgb, var(--_accent) 16%, transparent) 0 0), var(--_surface);
      box-shadow:
        0 0 1.8667em color-mix(in srgb, var(--_accent) 34%, transparent),
        0 0.5333em 1.8667em rgb(8 11 20 / 28%);
    }
  }

  .challenge {
    --_kind: var(--_urgent);
  }

  .challenge::before {
    content: '';
    position: absolute;
    inset-block: 0.8em;
    inset-inline-start: 0;
    inline-size: 0.2667em;
    border-start-end-radius: 99em;
    border-end-end-radius: 99em;
    background: var(--_urgent);
  }

  .picture {
    display: grid;
    place-items: center;
    inline-size: 3.7333em;
    block-size: 3.7333em;
    border-radius: min(14px, var(--_radius));
    background: var(--_quiet);
    color: var(--_kind, var(--_muted));
  }

  .picture .glyph {
    font-size: 1.8667em;
  }

  .words {
    display: grid;
    gap: 0.1333em;
    min-inline-size: 0;
  }

  .label {
    color: var(--_kind, var(--_muted));
    font-size: 0.8333em;
    font-variant-numeric: tabular-nums;
  }

  .name {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    font-size: 1.0667em;
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  .progress .name {
    -webkit-line-clamp: 1;
    font-size: 0.9333em;
    font-weight: 600;
  }

  .names {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    color: var(--_muted);
    font-size: 0.8667em;
    overflow-wrap: anywhere;
  }

  .pending {
    display: flex;
    align-items: center;
    gap: 0.4em;
    color: var(--_muted);
    font-size: 0.8em;
  }

  .meter {
    display: flex;
    align-items: center;
    gap: 0.8em;
    margin-block-start: 0.2667em;
    color: var(--_muted);
    font-size: 0.8667em;
    font-variant-numeric: tabular-nums;
  }

  progress {
    appearance: none;
    flex: 1;
    min-inline-size: 0;
    block-size: 0.6154em;
    border: 0;
    border-radius: 99em;
    overflow: hidden;
    background: var(--_track);
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    border-radius: 99em;
    background: var(--_accent);
    transition: inline-size 300ms;
  }

  progress::-moz-progress-bar {
    border-radius: 99em;
    background: var(--_accent);
  }

  .reward {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    max-inline-size: 8em;
    padding: 0.2667em 0.8em;
    border-radius: 99em;
    background: color-mix(in srgb, var(--_glow) 20%, transparent);
    color: var(--_gold);
    font-size: 0.8667em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    overflow-wrap: anywhere;
  }

  /* Below the words where there is no room beside them: a name is not broken for a number. */
  @container (inline-size < 24em) {
    .reward {
      grid-column: 2;
      justify-self: start;
      margin-block-start: 0.4em;
    }
  }

  .dismiss {
    position: absolute;
    inset-block-start: -0.6em;
    inset-inline-end: -0.6em;
    display: grid;
    place-items: center;
    inline-size: 1.7333em;
    block-size: 1.7333em;
    padding: 0;
    border: 1px solid var(--_control);
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    cursor: pointer;
    opacity: 0;
  }

  /* A finger's worth, though it looks smaller. */
  .dismiss::after {
    content: '';
    position: absolute;
    inset: -0.6em;
  }

  .toast:is(:hover, :focus-within) .dismiss {
    opacity: 1;
  }

  @media (hover: none) {
    .dismiss {
      opacity: 1;
    }
  }

  .more {
    align-self: flex-end;
    padding: 0.2667em 0.8em;
    border: 1px solid var(--_border);
    border-radius: 99em;
    background: var(--_surface);
    font-size: 0.8667em;
    font-variant-numeric: tabular-nums;
  }

  @media (prefers-reduced-motion: reduce) {
    .toast {
      animation: none;
      transition: none;
    }

    progress::-webkit-progress-value {
      transition: none;
    }
  }

  @media (forced-colors: active) {
    .toast,
    .more,
    .dismiss {
      border-color: CanvasText;
    }

    .rare,
    .complete {
      border: 3px double Highlight;
    }

    .challenge::before {
      background: Highlight;
    }

    progress {
      border: 1px solid CanvasText;
    }

    progress::-webkit-progress-value {
      background: Highlight;
    }

    progress::-moz-progress-bar {
      background: Highlight;
    }
  }
`;
