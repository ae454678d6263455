// The page of the list that is written with React.

import { CHANGED, makeAchievements, moveOne } from './achievements.mjs';
import { isScreenFull, nextFrame, timeToPaint } from './painted.mjs';
// What is served under this name is bundled with React.
import { mount } from './react-list.mjs';

/** @import { Achievement } from '../../src/model/achievement.js' */

/** @type {ReturnType<typeof mount> | undefined} */
let list;
/** @type {readonly Achievement[]} */
let made = [];
/** @type {readonly Achievement[]} */
let shown = [];

const changedWords = () => document.querySelectorAll('.card')[CHANGED]?.querySelector('.label')?.textContent ?? '';

Object.assign(window, {
  subject: /** @type {Subject} */ ({
    make(count) {
      made = makeAchievements(count);
    },
    async show() {
      list?.unmount();
      document.querySelector('#list')?.remove();
      scrollTo(0, 0);
      const container = document.createElement('div');
      container.id = 'list';
      document.body.append(container);
      const mounted = mount(container);
      list = mounted;
      shown = made;
      await nextFrame();
      await nextFrame();
      return timeToPaint(
        () => mounted.set(shown),
        () => isScreenFull('article'),
      );
    },
    async changeOnce() {
      const before = changedWords();
      const next = moveOne(shown);
      shown = next;
      await nextFrame();
      return timeToPaint(
        () => list?.set(next),
        () => changedWords() !== before,
      );
    },
  }),
});
