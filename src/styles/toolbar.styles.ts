import { css } from 'lit';

export const toolbarStyles = css`
  .toolbar {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    margin-block-end: 14px;
  }

  .search {
    position: relative;
    display: block;
    color: var(--_muted);
  }

  .search .glyph {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 14px;
    transform: translateY(-50%);
    pointer-events: none;
  }

  .search input,
  select {
    box-sizing: border-box;
    min-block-size: 44px;
    inline-size: 100%;
    border: 1px solid var(--_control);
    border-radius: min(10px, var(--_radius));
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
  }

  .search input {
    appearance: none;
    padding: 0 14px;
    padding-inline-start: calc(25px + 1em);
    text-overflow: ellipsis;
  }

  .search input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }

  .bar,
  .arranging {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }

  .bar [aria-expanded='true'] {
    border-color: var(--_control);
  }

  .bar > :last-child {
    margin-inline-start: auto;
  }

  .arranging {
    align-items: end;
    padding: 12px;
    border: 1px solid var(--_border);
    border-radius: min(12px, var(--_radius));
    background: var(--_surface);
  }

  .arranging[hidden] {
    display: none;
  }

  .segments {
    display: flex;
    flex-wrap: wrap;
    max-inline-size: 100%;
    box-sizing: border-box;
    padding: 3px;
    border-radius: min(12px, var(--_radius));
    background: var(--_quiet);
  }

  .segment {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 38px;
    min-inline-size: 38px;
    justify-content: center;
    padding: 0 12px;
    border: 1px solid transparent;
    border-radius: min(9px, var(--_radius));
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 0.9333em;
    cursor: pointer;
  }

  .segment:hover {
    color: var(--_text);
  }

  .segment[aria-pressed='true'] {
    border-color: var(--_control);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 600;
  }

  .count {
    font-variant-numeric: tabular-nums;
    font-weight: 400;
    color: var(--_muted);
  }

  .order {
    display: flex;
    align-items: end;
    gap: 6px;
  }

  .choice {
    display: grid;
    gap: 4px;
    color: var(--_muted);
    font-size: 0.8em;
  }

  select {
    padding: 0 8px;
    font-size: 1.1667em;
  }

  .direction {
    inline-size: 44px;
    padding: 0;
    font-size: 1.0667em;
  }

  /* The whole line where there are less than 29em: a container query would do harm, see the list's styles. */
  .order,
  .arranging > .choice {
    min-inline-size: clamp(0px, (29em - 100%) * 999, 100%);
  }

  .order .choice {
    flex: auto;
  }

  @media (pointer: fine) {
    .search input,
    select,
    .toolbar .button {
      min-block-size: 38px;
    }

    .segment {
      min-block-size: 32px;
      min-inline-size: 32px;
    }
  }

  @media (forced-colors: active) {
    .segment[aria-pressed='true'] {
      forced-color-adjust: none;
      outline-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }

    .segment[aria-pressed='true'] .count {
      color: inherit;
    }
  }
`;
