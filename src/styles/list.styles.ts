import { css } from 'lit';

export const listStyles = css`
  :host {
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
    margin-inline-start: auto;
    color: var(--_muted);
    font-size: 13px;
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
    gap: var(--achievement-gap, 10px);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  /* The list is as wide as its cards: one container to be measured instead of hundreds. */
  achievement-card {
    container-type: normal;
  }

  :host([layout='grid']) .list {
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr));
    gap: var(--achievement-gap, 14px);
  }

  :host([layout='compact']) .list {
    gap: var(--achievement-gap, 6px);
  }

  @container (max-width: 440px) {
    :host([layout='grid']) .list {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: var(--achievement-gap, 10px);
    }

    .status {
      margin-inline-start: 0;
    }
  }

  .group + .group {
    margin-block-start: 24px;
  }

  .group-heading {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin-block-end: 10px;
    color: var(--_muted);
    font-size: 14px;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
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
