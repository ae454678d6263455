import { css } from 'lit';

export const gamepadStyles = css`
  :host {
    pointer-events: none;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    box-sizing: border-box;
    inline-size: fit-content;
    max-inline-size: 100%;
    margin: 0;
    padding: 8px 16px;
    border: 1px solid var(--_border);
    border-radius: min(22px, var(--_radius));
    background: color-mix(in srgb, var(--_surface) 94%, transparent);
    font-size: 0.8667em;
  }

  .entry {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-block-size: 24px;
    white-space: nowrap;
  }

  .glyphs {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    /* As on the gamepad, whatever direction the words have. */
    direction: ltr;
  }

  .key {
    display: inline-grid;
    place-items: center;
    box-sizing: border-box;
    inline-size: 22px;
    block-size: 22px;
    border: 1.5px solid currentColor;
    border-radius: var(--_round);
    font-family: system-ui, sans-serif;
    font-size: 12px;
    font-weight: 700;
    line-height: 1;
  }

  .key.wide {
    inline-size: 28px;
    border-radius: min(7px, var(--_radius));
    font-size: 11px;
  }

  .drawn {
    inline-size: 22px;
    block-size: 22px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linejoin: round;
    stroke-linecap: round;
  }

  .key .drawn {
    inline-size: 18px;
    block-size: 18px;
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
