// The cards of our elements without the elements: their markup, and the writes that a change comes down to.

import { CHANGED, makeAchievements, moveOne } from './achievements.mjs';
import { nextFrame } from './painted.mjs';

/** @import { Achievement } from '../../src/model/achievement.js' */

const COUNT = 10_000;

const numbers = new Intl.NumberFormat('en');
/** @type {readonly Achievement[]} */
let shown = [];
/** @type {(readonly Achievement[])[]} */
let changes = [];
/** @type {(achievement: Achievement) => void} */
let write;

/** @param {Achievement} achievement */
function wordsOf({ progress }) {
  return `${numbers.format(progress?.current ?? 0)} of ${numbers.format(progress?.target ?? 0)}`;
}

/**
 * @param {ParentNode} scope
 * @param {string} selector
 */
function one(scope, selector) {
  const found = scope.querySelector(selector);
  if (!found) throw new Error(`The card has no ${selector}.`);
  return found;
}

Object.assign(window, {
  subject: /** @type {ByHandSubject} */ ({
    build({ markup, styles }, count) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(styles.replaceAll(/:host(?:\(([^)]*)\))?/g, '.host$1'));
      document.adoptedStyleSheets = [sheet];
      const copies = Array.from({ length: count }, () => {
        const host = document.createElement('div');
        host.className = 'host';
        host.innerHTML = markup;
        return host;
      });
      document.body.replaceChildren(...copies);
      shown = makeAchievements(COUNT);
      const card = /** @type {HTMLElement} */ (copies[CHANGED]);
      const article = one(card, 'article');
      const bar = /** @type {HTMLProgressElement} */ (one(card, 'progress'));
      const label = one(card, '[part=progress-label]');
      const [before, after] = (article.getAttribute('aria-label') ?? '').split(label.textContent ?? '');
      write = (achievement) => {
        const words = wordsOf(achievement);
        bar.value = achievement.progress?.ratio ?? 0;
        bar.setAttribute('aria-valuetext', words);
        label.textContent = words;
        article.setAttribute('aria-label', `${before}${words}${after}`);
      };
    },
    prepareChanges(count) {
      changes = [];
      for (let last = shown; changes.length < count; changes.push(last)) last = moveOne(last);
    },
    async change(kind) {
      for (const next of changes) {
        await nextFrame();
        if (kind === 'write') write(/** @type {Achievement} */ (next[CHANGED]));
        if (kind === 'find')
          for (let index = 0; index < next.length; index++) {
            const achievement = /** @type {Achievement} */ (next[index]);
            if (achievement !== shown[index]) write(achievement);
          }
        if (kind !== 'nothing') shown = next;
      }
      await nextFrame();
      await nextFrame();
      return (
        one(/** @type {HTMLElement} */ (document.body.children[CHANGED]), '[part=progress-label]').textContent ?? ''
      );
    },
  }),
});
