import { css } from 'lit';

export const summaryStyles = css`
  .summary {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 14px;
  }

  .words {
    flex: 1 0 min(7em, 100%);
    min-inline-size: 0;
  }

  .ring {
    position: relative;
    flex: none;
    inline-size: 4.2667em;
    block-size: 4.2667em;
  }

  svg {
    inline-size: 100%;
    block-size: 100%;
    transform: rotate(-90deg);
    fill: none;
    stroke-width: 4;
  }

  .track {
    stroke: var(--_track);
  }

  .arc {
    stroke: var(--_accent);
  }

  .percent {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }

  .heading {
    font-size: 1.4667em;
    font-weight: 700;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }

  .totals {
    text-wrap: balance;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  @media (forced-colors: active) {
    .track {
      stroke: GrayText;
    }

    .arc {
      stroke: Highlight;
    }
  }
`;
