import { css } from 'lit';

export const trackerStyles = css`
  :host {
    --_picture-radius: 9px;
    --_initial-size: 16px;
    --_shine: color-mix(in srgb, var(--_success) 45%, transparent);
    inline-size: 21em;
    max-inline-size: 100%;
    pointer-events: none;
    container-type: inline-size;
  }

  .lines {
    position: relative;
    display: flex;
    flex-direction: column;
    gap: 2px;
    box-sizing: border-box;
    margin: 0;
    padding: 5px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    list-style: none;
    /* While its height moves. */
    overflow: clip;
  }

  .line {
    display: flex;
    align-items: center;
    gap: 11px;
    flex: none;
    box-sizing: border-box;
    /* A bar that comes or goes must not change the height. */
    min-block-size: 50px;
    padding: 6px 8px;
    border-radius: max(0px, var(--_radius) - 6px);
  }

  .line.leaving {
    position: absolute;
    inset-block-start: var(--_top);
    inset-inline: 5px;
  }

  /* As high as it was, until it is gone. */
  .ending {
    block-size: var(--_height);
  }

  .picture {
    position: relative;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
  }

  .line:is(.locked, .scheduled) img {
    filter: grayscale(1);
    opacity: 0.55;
  }

  .badge {
    position: absolute;
    inset-block-end: -5px;
    inset-inline-end: -5px;
    display: grid;
    place-items: center;
    inline-size: 15px;
    block-size: 15px;
    border: 2px solid var(--_surface);
    border-radius: var(--_round);
    background: var(--_quiet);
    color: var(--_muted);
    font-size: 9px;
  }

  .unlocked .badge {
    background: var(--_success);
    color: #fff;
    stroke-width: 3;
  }

  .body {
    flex: 1;
    min-inline-size: 0;
  }

  .row {
    display: flex;
    align-items: center;
    gap: 10px;
  }

  .name {
    flex: 1;
    min-inline-size: 0;
    font-size: 0.9333em;
    font-weight: 650;
  }

  .name,
  .label {
    overflow: hidden;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .time {
    display: inline-flex;
    flex: none;
    align-items: center;
    gap: 4px;
    color: var(--_urgent);
    font-size: 0.8em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .track {
    flex: 1;
    min-inline-size: 40px;
    block-size: 5px;
    border-radius: min(3px, var(--_radius));
    background: var(--_track);
    overflow: hidden;
  }

  .fill {
    inline-size: calc(var(--_ratio, 0) * 100%);
    block-size: 100%;
    border-radius: inherit;
    background: var(--_accent);
  }

  .label {
    color: var(--_muted);
    font-size: 0.8em;
    font-variant-numeric: tabular-nums;
  }

  /* Beside a bar its words are whole: they are what the bar means. */
  .track + .label {
    flex: none;
  }

  .unlocked .fill {
    background: var(--_success);
  }

  .unlocked .label {
    color: var(--_text);
    font-weight: 600;
  }

  .rare {
    background: linear-gradient(100deg, var(--_gold-surface), transparent 70%);
  }

  .rare .label {
    color: var(--_gold);
  }

  .rare .badge {
    background: var(--_glow);
    color: #1d1300;
  }

  .rare .fill {
    background: var(--_glow);
  }

  .unpin {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    margin-inline: -4px -3px;
    padding: 0;
    border: 0;
    border-radius: min(9px, var(--_radius));
    background: none;
    color: var(--_accent);
    font-size: 1.0667em;
    cursor: pointer;
    pointer-events: auto;
  }

  .unpin .glyph {
    fill: currentColor;
  }

  .unpin:hover {
    background: var(--_quiet);
  }

  .unpin:focus-visible {
    outline-offset: -2px;
  }

  /* Hardly any room: how long there is time for it stands below the name. */
  @container (max-width: 14em) {
    .row:has(.time) {
      flex-wrap: wrap;
      row-gap: 0;
    }

    .row:has(.time) .name {
      flex-basis: 100%;
    }
  }

  /* A finger needs more room than a mouse. */
  @media (pointer: coarse) {
    .unpin {
      inline-size: 44px;
      block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .lines {
      background: Canvas;
    }

    .track,
    .badge {
      border: 1px solid CanvasText;
    }

    .fill {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
`;
