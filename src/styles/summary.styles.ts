import { css } from 'lit';

export const summaryStyles = css`
  .summary {
    display: flex;
    align-items: center;
    gap: 14px;
  }

  .ring {
    position: relative;
    flex: none;
    inline-size: 64px;
    block-size: 64px;
  }

  svg {
    inline-size: 100%;
    block-size: 100%;
    rotate: -90deg;
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
    font-size: 15px;
    font-weight: 700;
    font-variant-numeric: tabular-nums;
  }

  .heading {
    font-size: 22px;
    font-weight: 700;
    line-height: 1.2;
    overflow-wrap: anywhere;
  }

  .totals {
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
