import { css } from 'lit';

export const listStyles = css`
  :host {
    --_gap: var(--achievement-gap, 10px);
  }

  /*
   * Only what has a height of its own in a long list: WebKit lays a container out before what is in it, and a page that
   * gets shorter by that is scrolled back.
   */
  .groups {
    container-type: inline-size;
  }

  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-block-end: 14px;
  }

  .status {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
    color: var(--_muted);
    font-size: 0.8667em;
  }

  .status .button {
    font-size: 1em;
  }

  .status:only-child {
    margin-inline-start: auto;
  }

  .fresh::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_success);
  }

  .trouble > .glyph {
    color: var(--_urgent);
  }

  .trouble > .button {
    margin-inline-start: 6px;
  }

  .list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    column-gap: var(--_gap);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .list[hidden] {
    display: none;
  }

  /* Part of what is measured of a row, the last one included: rows of a long list are put together from single ones. */
  .list > li,
  .skeleton {
    margin-block-end: var(--_gap);
  }

  .groups {
    position: relative;
    box-sizing: border-box;
    /* Rows that come in above move the rest by themselves. */
    overflow-anchor: none;
  }

  /* Scrolled away with the focus in it. */
  .list > .parked {
    position: absolute;
    inset-block-start: 0;
    margin: 0;
    block-size: 1px;
    inline-size: 100%;
    overflow: hidden;
    opacity: 0;
  }

  /* The list is as wide as its cards: one container to be measured instead of hundreds. */
  achievement-card {
    container-type: normal;
  }

  achievement-card,
  achievement-summary {
    font-size: inherit;
  }

  :host([layout='grid']) .list {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 12.66em), 1fr));
  }

  :host([layout='grid']) {
    --_gap: var(--achievement-gap, 14px);
  }

  :host([layout='compact']) {
    --_gap: var(--achievement-gap, 6px);
  }

  @container (max-width: 29em) {
    :host([layout='grid']) .list {
      /* Two, or one where the letters are large. */
      grid-template-columns: repeat(auto-fill, minmax(min(100%, max(8em, 50% - 10px)), 1fr));
      column-gap: min(var(--_gap), 10px);
    }
  }

  .group-heading {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding-block: 10px 6px;
    color: var(--_muted);
    font-size: 0.9333em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .first > .group-heading {
    padding-block-start: 0;
  }

  .fold {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 32px;
    min-inline-size: 0;
    padding: 0;
    padding-inline-end: 6px;
    border: 0;
    border-radius: min(8px, var(--_radius));
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  .fold:hover {
    color: var(--_text);
  }

  .fold[aria-expanded='false'] .glyph {
    transform: rotate(-90deg);
  }

  .fold[aria-expanded='false']:dir(rtl) .glyph {
    transform: rotate(90deg);
  }

  .skeleton {
    display: grid;
    grid-template-columns: 72px minmax(0, 1fr);
    grid-template-rows: repeat(2, 16px);
    align-content: center;
    gap: 10px 14px;
    block-size: 106px;
    box-sizing: border-box;
    padding: 14px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .skeleton i {
    border-radius: min(8px, var(--_radius));
    background: var(--_quiet);
  }

  .box {
    grid-row: 1 / -1;
    inline-size: 72px;
    block-size: 72px;
    align-self: center;
  }

  .skeleton .box {
    border-radius: min(14px, var(--_radius));
  }

  .line {
    inline-size: 45%;
  }

  .short {
    inline-size: 75%;
  }

  :host([layout='grid']) .skeleton {
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: 90px 14px 14px;
    block-size: 190px;
  }

  :host([layout='grid']) .skeleton .box {
    grid-row: 1;
    inline-size: 100%;
    block-size: 100%;
  }

  :host([layout='compact']) .skeleton {
    grid-template-columns: 36px minmax(0, 1fr);
    grid-template-rows: 14px;
    align-items: center;
    block-size: 54px;
    padding: 8px 12px;
  }

  :host([layout='compact']) .skeleton .box {
    inline-size: 36px;
    block-size: 36px;
  }

  :host([layout='compact']) .skeleton .short {
    display: none;
  }

  .notice {
    display: grid;
    justify-items: center;
    gap: 10px;
    padding: 36px 20px;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    color: var(--_muted);
    text-align: center;
  }

  .notice .glyph {
    inline-size: 32px;
    block-size: 32px;
  }

  .notice p {
    margin: 0;
    color: var(--_text);
  }
`;
