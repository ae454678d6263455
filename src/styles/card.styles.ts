import { css } from 'lit';

export const cardStyles = css`
  :host {
    container-type: inline-size;
  }

  .card {
    --_icon-size: 56px;
    --_space: 14px;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    grid-template-areas:
      'icon body'
      '. side'
      'details details';
    box-sizing: border-box;
    padding: var(--_space);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }

  .icon {
    grid-area: icon;
    position: relative;
    /* No column gap: a card without a picture begins at its edge. */
    margin-inline-end: 14px;
    inline-size: var(--_icon-size);
    block-size: var(--_icon-size);
  }

  .placeholder .glyph {
    inline-size: 50%;
    block-size: 50%;
  }

  .pattern {
    background: repeating-linear-gradient(
      45deg,
      var(--_quiet) 0 6px,
      color-mix(in srgb, var(--_quiet) 45%, var(--_surface)) 6px 12px
    );
  }

  .state {
    position: absolute;
    inset-block-end: -6px;
    inset-inline-end: -6px;
    display: grid;
    place-items: center;
    inline-size: 22px;
    block-size: 22px;
    border: 2px solid var(--_surface);
    border-radius: var(--_round);
    background: var(--_quiet);
    color: var(--_muted);
    font-size: 12px;
  }

  .state[hidden] {
    display: none;
  }

  .body {
    grid-area: body;
    display: flex;
    flex-direction: column;
    gap: 4px;
    min-inline-size: 0;
  }

  .name {
    font-size: 1.0667em;
    font-weight: 650;
    line-height: 1.3;
  }

  .description {
    color: var(--_muted);
  }

  /* Whoever writes a list of things to do writes it in lines. */
  .description,
  dd {
    white-space: pre-line;
  }

  /* In their own direction, so that the end is what is cut, and on the side where the card's texts are. */
  .name,
  .description {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }

  .name,
  .description,
  bdi {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }

  .meter {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin-block-start: 4px;
  }

  progress {
    appearance: none;
    flex: 1;
    min-inline-size: 60px;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: min(4px, var(--_radius));
    background: var(--_track);
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    border-radius: min(4px, var(--_radius));
    background: var(--_accent);
  }

  progress::-moz-progress-bar {
    border-radius: min(4px, var(--_radius));
    background: var(--_accent);
  }

  .progress-label {
    flex: none;
    color: var(--_muted);
    font-size: 0.8667em;
    font-variant-numeric: tabular-nums;
  }

  .facts,
  .rewards,
  .requirements {
    display: flex;
    flex-wrap: wrap;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .facts {
    gap: 4px 12px;
    margin-block-start: 4px;
    font-size: 0.8667em;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .fact {
    display: inline-flex;
    align-items: center;
    gap: 5px;
  }

  .chip {
    padding: 1px 9px 1px 8px;
    border-radius: var(--_round);
    background: var(--_quiet);
  }

  .urgent {
    color: var(--_urgent);
    font-weight: 650;
  }

  .gold {
    color: var(--_gold);
    font-weight: 650;
  }

  .danger {
    color: var(--_danger);
    font-weight: 650;
  }

  .side {
    grid-area: side;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 10px;
    margin-block-start: 8px;
  }

  .rewards {
    gap: 6px;
  }

  .reward {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-inline-size: 100%;
    box-sizing: border-box;
    padding: 3px 11px 3px 10px;
    border-radius: var(--_round);
    background: var(--_gold-surface);
    color: var(--_gold);
    font-size: 0.8667em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }

  .reward img {
    inline-size: 20px;
    block-size: 20px;
    border-radius: 6px;
    object-fit: cover;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 6px;
    margin-inline-start: auto;
  }

  .tools {
    display: flex;
    margin-inline-end: -6px;
  }

  .toggle {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 44px;
    padding: 0 6px;
    border: 0;
    border-radius: min(8px, var(--_radius));
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 0.8667em;
    font-weight: 600;
    cursor: pointer;
  }

  .pin {
    justify-content: center;
    min-inline-size: 32px;
    font-size: 1em;
  }

  .pin[aria-pressed='true'] {
    color: var(--_accent);
  }

  .pin[aria-pressed='true'] .glyph {
    fill: currentColor;
  }

  .toggle:hover {
    color: var(--_text);
  }

  [aria-expanded='true'] .glyph {
    transform: rotate(180deg);
  }

  /* A mouse needs less room than a finger. */
  @media (pointer: fine) {
    .toggle,
    .actions .button {
      min-block-size: 32px;
    }
  }

  .details {
    grid-area: details;
    display: grid;
    gap: 16px;
    margin-block-start: 12px;
    padding-block-start: 14px;
    border-block-start: 1px solid var(--_border);
    font-size: 0.8667em;
  }

  .details[hidden] {
    display: none;
  }

  .details :is(.button, .progress-label) {
    font-size: 1em;
  }

  .details > .button {
    justify-self: start;
  }

  .requirements {
    flex-direction: column;
    gap: 8px;
  }

  .requirement {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
  }

  .requirement .meter {
    margin: 0;
  }

  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 14.6em), 1fr));
    gap: 12px 18px;
    margin: 0;
  }

  dt {
    color: var(--_muted);
    font-size: 0.923em;
  }

  dd {
    margin: 0;
  }

  .detail-line {
    display: block;
  }

  /* What each state looks like: picture, badge and words, never colour alone. */
  :host([state='locked']:not([locked-picture='own'])) .icon > img,
  :host([state='scheduled']:not([locked-picture='own'])) .icon > img,
  :host([state='expired']:not([locked-picture='own'])) .icon > img,
  :host([revoked]) .icon > img {
    filter: grayscale(1);
    opacity: 0.55;
  }

  :host([state='unlocked']:not([revoked])) .state {
    background: var(--_success);
    color: #fff;
    font-size: 13px;
  }

  :host([state='unlocked']:not([revoked])) .card {
    border-color: var(--_accent-border);
  }

  :host([state='scheduled']) .card {
    border-style: dashed;
  }

  :host([state='expired']) .name,
  :host([state='scheduled']) .name {
    color: var(--_muted);
  }

  :host([state='expired']) progress::-webkit-progress-value {
    background: var(--_muted);
  }

  :host([state='expired']) progress::-moz-progress-bar {
    background: var(--_muted);
  }

  :host([state='unlocked']:not([revoked])) .rare {
    border-color: var(--_gold-border);
    background: linear-gradient(100deg, var(--_gold-surface), var(--_surface) 55%);
  }

  :host([revoked]) .name,
  :host([revoked]) .reward bdi {
    text-decoration: line-through;
  }

  :host([revoked]) .name {
    color: var(--_muted);
  }

  /* Rewards stand at the end of the line as soon as there is room for them. */
  @container (min-width: 32em) {
    .card {
      --_icon-size: 72px;
      grid-template-columns: auto minmax(0, 1fr) fit-content(34%);
      grid-template-areas:
        'icon body side'
        'details details details';
    }

    .side,
    .rewards,
    .actions {
      flex-direction: column;
      flex-wrap: nowrap;
      align-items: end;
    }

    .side {
      margin: 0;
      margin-inline-start: 14px;
    }

    .actions {
      margin-block-start: auto;
    }

    .actions:has(.pin:only-child) {
      flex-direction: row;
      align-items: center;
    }

    .toggle:not(:only-child) {
      margin-block-end: -6px;
    }

    .requirement {
      grid-template-columns: minmax(4.6em, 12.3em) minmax(0, 1fr);
      align-items: center;
      gap: 12px;
    }

    .requirement > :only-child {
      grid-column: 1 / -1;
    }
  }

  :host([density='compact']) .card {
    --_icon-size: 44px;
    --_space: 8px;
    padding-inline: 12px;
  }

  :host([density='compact']) :is(.description, .name) {
    -webkit-line-clamp: 1;
  }

  :host([density='spacious']) .card {
    --_space: 22px;
  }

  :host([layout='grid']) {
    block-size: 100%;
  }

  :host([layout='grid']) .card {
    grid-template-columns: minmax(0, 1fr);
    grid-template-areas: 'icon' 'body' 'side' 'details';
    grid-template-rows: auto 1fr auto auto;
    block-size: 100%;
    padding: 0;
    overflow: clip;
  }

  :host([layout='grid']) .requirement {
    grid-template-columns: minmax(0, 1fr);
  }

  :host([layout='grid']) .icon {
    inline-size: 100%;
    block-size: auto;
    aspect-ratio: 16 / 10;
    min-block-size: 0;
    margin: 0;
  }

  :host([layout='grid']) .icon > img,
  :host([layout='grid']) .placeholder {
    border-radius: 0;
    font-size: 40px;
  }

  :host([layout='grid']) .placeholder .glyph {
    inline-size: 44px;
    block-size: 44px;
  }

  :host([layout='grid']) .icon > .state {
    inset-block-end: 8px;
    inset-inline-end: 8px;
  }

  :host([layout='grid']) .name {
    font-size: 1em;
  }

  :host([layout='grid']) .body {
    padding: calc(var(--_space) - 2px) var(--_space) 0;
  }

  /* Of a card that can show no more than its name. */
  :host([layout='grid']) .body:only-child {
    padding-block-end: var(--_space);
  }

  :host([layout='grid']) :is(.side, .rewards, .actions) {
    flex-flow: row wrap;
    align-items: center;
  }

  :host([layout='grid']) .side {
    margin: 0;
    padding: calc(var(--_space) - 4px) var(--_space);
  }

  :host([layout='grid']) .details {
    margin: 0;
    padding: var(--_space);
  }

  :host([layout='compact']) .card {
    --_icon-size: 36px;
    grid-template-columns: auto minmax(0, 1fr) auto;
    grid-template-areas: 'icon body side' 'details details details';
    align-items: center;
    padding: max(4px, var(--_space) - 6px) 12px;
    border-radius: min(var(--_radius), 12px);
  }

  :host([layout='compact']) .icon {
    margin-inline-end: 12px;
  }

  :host([layout='compact']) .icon > img,
  :host([layout='compact']) .placeholder {
    border-radius: min(9px, var(--_radius));
    font-size: 16px;
  }

  :host([layout='compact']) .icon > .state {
    inline-size: 16px;
    block-size: 16px;
    font-size: 9px;
  }

  :host([layout='compact']) .body {
    gap: 2px;
  }

  :host([layout='compact']) .name {
    font-size: 0.9333em;
    -webkit-line-clamp: 1;
  }

  :host([layout='compact']) :is(.description, .facts, .reward:not(:first-child)) {
    display: none;
  }

  :host([layout='compact']) .meter {
    margin: 0;
  }

  :host([layout='compact']) .side {
    margin: 0;
    margin-inline-start: 12px;
  }

  :host([layout='compact']) :is(.side, .actions) {
    flex-flow: row nowrap;
    align-items: center;
  }

  :host(:is([layout='compact'], [layout='grid'])) .toggle {
    margin-block: 0;
  }

  :host([layout='compact']) .toggle {
    justify-content: center;
    min-inline-size: 32px;
    padding: 0;
  }

  :host([layout='compact']) .toggle span {
    display: none;
  }

  .actions:empty,
  .side:not(:has(.rewards, .toggle, .button)) {
    display: none;
  }

  /* One line has no room for words that the button's label says too. */
  @container (max-width: 29em) {
    :host([layout='compact']) .card {
      padding-inline: 10px;
    }

    :host([layout='compact']) .icon {
      margin-inline-end: 8px;
    }

    :host([layout='compact']) .name {
      -webkit-line-clamp: 2;
    }

    :host([layout='compact']) :is(.reward:not(.points), .reward .glyph) {
      display: none;
    }

    :host([layout='compact']) .reward {
      padding: 0;
      background: none;
    }

    :host([layout='compact']) .side {
      gap: 4px;
      margin-inline-start: 8px;
    }

    :host([layout='compact']) .side .button {
      gap: 0;
      inline-size: 38px;
      padding: 0;
      font-size: 0;
    }

    :host([layout='compact']) .side .button .glyph {
      font-size: 16px;
    }
  }

  /* Large letters, or hardly any room: one below the other. */
  @container (max-width: 17em) {
    .card,
    :host([layout='compact']) .card {
      grid-template-columns: minmax(0, 1fr);
      grid-template-areas: 'icon' 'body' 'side' 'details';
      row-gap: 6px;
    }

    :host([layout='compact']) .side {
      flex-wrap: wrap;
      margin: 0;
    }
  }

  @media (prefers-reduced-motion: no-preference) {
    .button,
    .toggle .glyph {
      transition:
        border-color 120ms,
        rotate 160ms;
    }

    progress::-webkit-progress-value {
      transition: inline-size 300ms ease-out;
    }
  }

  @media (forced-colors: active) {
    .card,
    .state,
    .reward,
    .chip,
    progress {
      border: 1px solid CanvasText;
    }

    :host([state]) progress::-webkit-progress-value {
      background: Highlight;
    }

    :host([state]) progress::-moz-progress-bar {
      background: Highlight;
    }

    .pattern {
      background: Canvas;
    }
  }
`;
