import { css } from 'lit';

/** A picture that fills its box, and what stands there instead of one. */
export const pictureStyles = css`
  :is(.icon, .picture) > img,
  .placeholder {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border-radius: min(var(--_picture-radius, 14px), var(--_radius));
    object-fit: cover;
    background: var(--_quiet);
  }

  .placeholder {
    display: grid;
    place-items: center;
    color: var(--_muted);
    font-size: var(--_initial-size, 24px);
    font-weight: 650;
  }
`;
