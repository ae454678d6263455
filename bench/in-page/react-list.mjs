// A list of achievements as one would write it with React alone: the cards of the page by hand, each rendered only when
// its achievement is another object.

import { createElement, memo, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';

/** @import { Achievement } from '../../src/model/achievement.js' */

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'long' });
const numbers = new Intl.NumberFormat('en');
const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** @param {{ path: string }} properties */
function Glyph({ path }) {
  return createElement('svg', { viewBox: '0 0 24 24', 'aria-hidden': true }, createElement('path', { d: path }));
}

/**
 * @param {string} className
 * @param {import('react').ReactNode[]} children
 */
const box = (className, ...children) => createElement('div', { className }, ...children);

const Card = memo(
  /** @param {{ achievement: Achievement }} properties */
  function Card({ achievement }) {
    const { name, description, lockedDescription, state, progress, unlockedAt, rarity, rewards } = achievement;
    const isUnlocked = state === 'unlocked';
    const words = progress && `${numbers.format(progress.current ?? 0)} of ${numbers.format(progress.target ?? 0)}`;
    const rarityWords = rarity?.percent === undefined ? '' : percents.format(rarity.percent / 100);
    const points = `${rewards[0]?.value ?? 0} points`;
    return createElement(
      'article',
      { className: 'card', 'aria-label': [name, words, points, rarityWords].filter(Boolean).join(', ') },
      box('icon', name[0]),
      box(
        'body',
        box('name', name),
        box('description', isUnlocked ? description : lockedDescription),
        progress &&
          !isUnlocked &&
          box(
            'meter',
            createElement('progress', { max: 1, value: progress.ratio, 'aria-valuetext': words }),
            createElement('span', { className: 'label', 'aria-hidden': true }, words),
          ),
        box(
          'facts',
          unlockedAt !== undefined && createElement(Glyph, { path: 'M5 12l5 5L20 7' }),
          unlockedAt !== undefined && `Unlocked ${dates.format(unlockedAt)}`,
          rarityWords && createElement(Glyph, { path: 'M6 3h12l4 6-10 13L2 9Z' }),
          rarityWords,
        ),
      ),
      box(
        'side',
        box('reward', createElement(Glyph, { path: 'M8 21h8M12 17v4' }), points),
        createElement('button', { type: 'button' }, 'Details'),
      ),
    );
  },
);

/**
 * @param {Element} container
 * @returns {{ set: (achievements: readonly Achievement[]) => void, unmount: () => void }}
 */
export function mount(container) {
  const root = createRoot(container);
  /** @type {(achievements: readonly Achievement[]) => void} */
  let setAchievements = () => {};
  function List() {
    const [achievements, set] = useState(/** @type {readonly Achievement[]} */ ([]));
    setAchievements = set;
    return achievements.map((achievement) => createElement(Card, { key: achievement.key, achievement }));
  }
  flushSync(() => root.render(createElement(List)));
  return {
    // At once, so that it is painted in the same frame: React's own schedule would wait for the next one.
    set: (achievements) => flushSync(() => setAchievements(achievements)),
    unmount: () => root.unmount(),
  };
}
