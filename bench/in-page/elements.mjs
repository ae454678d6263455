// The page of our elements.

import { CHANGED, makeAchievements, moveOne } from './achievements.mjs';
import { isScreenFull, nextFrame, paintOf, timeToPaint } from './painted.mjs';

/** @import { AchievementCard } from '../../src/elements/achievement-card.js' */
/** @import { AchievementList } from '../../src/elements/achievement-list.js' */
/** @import { Achievement } from '../../src/model/achievement.js' */

/** The longest that is waited for a list that has everything in the document, in milliseconds. */
const LIMIT = 20_000;

/** @type {AchievementList} */
let list;
/** @type {readonly Achievement[]} */
let made = [];
/** @type {readonly Achievement[]} */
let shown = [];
/** @type {(readonly Achievement[])[]} */
let changes = [];

const root = () => /** @type {ShadowRoot} */ (list.shadowRoot);
const cards = () => /** @type {NodeListOf<AchievementCard>} */ (root().querySelectorAll('achievement-card'));

const changedCard = () => {
  const key = shown[CHANGED]?.key;
  const found = [...cards()].find(({ achievement }) => achievement?.key === key);
  if (!found?.shadowRoot) throw new Error('The card that changes is not in the document.');
  return found.shadowRoot;
};

const changedWords = () => changedCard().querySelector('[part=progress-label]')?.textContent ?? '';

/** @param {Document | ShadowRoot} scope @returns {number} */
function countIn(scope) {
  const elements = scope.querySelectorAll('*');
  let count = elements.length;
  for (const { shadowRoot } of elements) if (shadowRoot) count += countIn(shadowRoot);
  return count;
}

/** How many achievements the list shows, whether or not all are in the document. */
function countShown() {
  const first = root().querySelector('[aria-setsize]');
  return first ? Number(first.getAttribute('aria-setsize')) : cards().length;
}

/** @type {Map<string, number>} */
const counts = new Map();

/** @param {Achievement} achievement @param {string} query in lower case */
function isMeant({ name, state, description, lockedDescription = '' }, query) {
  return `${name}\n${state === 'unlocked' ? description : lockedDescription}`.toLowerCase().includes(query);
}

/** Whether what is painted is the answer to `query`. */
function isAnswered(/** @type {string} */ query) {
  const wanted = query.toLowerCase();
  let count = counts.get(wanted);
  if (count === undefined) {
    count = shown.filter((achievement) => isMeant(achievement, wanted)).length;
    counts.set(wanted, count);
  }
  const [first] = cards();
  if (!first || count === 0) return !first && count === 0;
  if (first.isUpdatePending || !first.achievement || !isMeant(first.achievement, wanted)) return false;
  return root().querySelector('[aria-setsize]') ? countShown() === count : countShown() >= Math.min(count, 20);
}

function searchField() {
  return /** @type {HTMLInputElement | null} */ (root().querySelector('input[type=search]'));
}

Object.assign(window, {
  subject: /** @type {Subject & ElementsSubject} */ ({
    make(count) {
      made = makeAchievements(count);
    },
    async show(layout = 'list') {
      list?.remove();
      scrollTo(0, 0);
      list = document.createElement('achievement-list');
      list.toggleAttribute('controls', true);
      list.setAttribute('layout', layout);
      document.body.append(list);
      shown = made;
      await nextFrame();
      await nextFrame();
      return timeToPaint(
        () => (list.achievements = shown),
        () => isScreenFull('article'),
      );
    },
    async settled() {
      const limit = new Promise((resolve) => setTimeout(() => resolve(false), LIMIT));
      const complete = list.updateComplete.then(nextFrame).then(nextFrame);
      return (await Promise.race([complete.then(() => true), limit])) === true;
    },
    countElements: () => countIn(document),
    async scrollThrough() {
      let [longestTask, longestGap, frames, mostElements] = [0, 0, 0, 0];
      const note = (/** @type {PerformanceEntryList} */ entries) => {
        for (const { duration } of entries) longestTask = Math.max(longestTask, duration);
      };
      const observer = new PerformanceObserver((entries) => note(entries.getEntries()));
      observer.observe({ type: 'longtask' });
      let before = performance.now();
      for (let isEnd = false; !isEnd; frames++) {
        await nextFrame();
        const now = performance.now();
        longestGap = Math.max(longestGap, now - before);
        before = now;
        isEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
        // Counting takes time of its own, which is no part of the gap.
        if (frames % 100 === 99) {
          mostElements = Math.max(mostElements, countIn(document));
          before = performance.now();
        }
        scrollBy(0, innerHeight);
      }
      // A task is reported when it is over.
      await nextFrame();
      await nextFrame();
      note(observer.takeRecords());
      observer.disconnect();
      mostElements = Math.max(mostElements, countIn(document));
      scrollTo(0, 0);
      return { frames, longestTask, longestGap, mostElements };
    },
    async changeOnce() {
      const before = changedWords();
      const next = moveOne(shown);
      await nextFrame();
      return timeToPaint(
        () => (list.achievements = shown = next),
        () => changedWords() !== before,
      );
    },
    prepareChanges(count) {
      changes = [];
      for (let last = shown; changes.length < count; changes.push(last)) last = moveOne(last);
    },
    async change() {
      const prototype = /** @type {{ performUpdate(): void }} */ (
        /** @type {unknown} */ (customElements.get('achievement-card')?.prototype)
      );
      const original = prototype.performUpdate;
      let renders = 0;
      prototype.performUpdate = function () {
        renders++;
        original.call(this);
      };
      for (const next of changes) {
        await nextFrame();
        list.achievements = shown = next;
      }
      await nextFrame();
      await nextFrame();
      prototype.performUpdate = original;
      return { renders, words: changedWords() };
    },
    card() {
      const card = changedCard();
      const styles = card.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText));
      return { markup: card.innerHTML, styles: styles.join('\n') };
    },
    focusSearch() {
      searchField()?.focus();
      return searchField() !== null;
    },
    nextKey() {
      return new Promise((resolve, reject) => {
        const handle = (/** @type {KeyboardEvent} */ event) => {
          // The field has its new value when the key's own events are over.
          paintOf(() => isAnswered(searchField()?.value ?? '')).then(
            (painted) => resolve(painted - event.timeStamp),
            reject,
          );
        };
        addEventListener('keydown', handle, { capture: true, once: true });
      });
    },
    setQuery(query) {
      return timeToPaint(
        () => (list.query = query),
        () => isAnswered(query),
      );
    },
  }),
});
