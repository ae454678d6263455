import { css } from 'lit';

export const gamepadStyles = css`
  :host {
    pointer-events: none;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.3em 1.4em;
    box-sizing: border-box;
    inline-size: fit-content;
    max-inline-size: 100%;
    margin: 0;
    padding: 0.6em 1.25em;
    border: 1px solid var(--_border);
    border-radius: min(1.7em, var(--_radius));
    background: var(--_surface);
    /* Everything in it grows with the text around it: on a television that is larger. */
    font-size: 0.8667em;
  }

  .entry {
    display: inline-flex;
    align-items: center;
    gap: 0.55em;
    min-block-size: 1.85em;
    white-space: nowrap;
  }

  .glyphs {
    display: inline-flex;
    align-items: center;
    gap: 0.25em;
    /* As on the gamepad, whatever direction the words have. */
    direction: ltr;
  }

  .key {
    display: inline-grid;
    place-items: center;
    box-sizing: border-box;
    inline-size: 1.8333em;
    block-size: 1.8333em;
    border: 0.125em solid currentColor;
    border-radius: var(--_round);
    font-family: system-ui, sans-serif;
    font-size: 0.9231em;
    font-weight: 700;
    line-height: 1;
  }

  .key.wide {
    inline-size: 2.5455em;
    block-size: 2em;
    border-radius: min(0.6em, var(--_radius));
    font-size: 0.8462em;
  }

  .drawn {
    inline-size: 1.7em;
    block-size: 1.7em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linejoin: round;
    stroke-linecap: round;
  }

  .key .drawn {
    inline-size: 1.5em;
    block-size: 1.5em;
    stroke-width: 2.25;
  }

  .filled {
    fill: currentColor;
  }

  .words {
    color: var(--_muted);
  }

  @media (forced-colors: active) {
    .legend {
      background: Canvas;
    }
  }
`;
