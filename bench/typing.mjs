// Search among ten thousand achievements: from each key to the painted answer.

import { MANY } from './large-list.mjs';
import { line, median, verdict } from './statistics.mjs';
import { Stage } from './world.mjs';

/** @import { World } from './world.mjs' */

const ROUNDS = 9;
const BUDGET = 50;

/** Words of eight letters: one with hits to the end, one that loses them on the way, one that never has any. */
const WORDS = ['treasure', 'champagn', 'quixotic'];

/** @param {World} world */
export async function measureTyping(world) {
  const stage = await Stage.open(world, '/in-page/elements.html');
  const { page } = stage;
  let hasField = false;
  /**
   * @param {string} key
   * @param {string} query what it makes of the search
   */
  const press = async (key, query) => {
    if (!hasField) return page.evaluate((wanted) => window.subject.setQuery(wanted), query);
    await page.evaluate(() => {
      Reflect.set(window, 'nextKey', window.subject.nextKey());
    });
    await page.keyboard.press(key);
    return page.evaluate(() => /** @type {Promise<number>} */ (Reflect.get(window, 'nextKey')));
  };

  /** @type {Map<string, number[]>} */
  const times = new Map();
  for (let round = -1; round < ROUNDS; round++) {
    for (const word of WORDS) {
      // New achievements, so that the first key is the first one.
      await stage.show(MANY);
      hasField = await page.evaluate(() => window.subject.focusSearch());
      const typed = [...word].map((letter, index) => ({ key: letter, query: word.slice(0, index + 1) }));
      const deleted = [...word].map((_, index) => ({ key: 'Backspace', query: word.slice(0, -index - 1) }));
      for (const [index, { key, query }] of [...typed, ...deleted].entries()) {
        const time = await press(key, query);
        const label = `${word} ${index}`;
        if (round >= 0) times.set(label, [...(times.get(label) ?? []), time]);
      }
    }
  }
  await stage.close();

  const how = hasField ? 'from the key' : '`query` set: there is no search field yet';
  console.log(
    `\nSearch in ${MANY} achievements, ${how} to the painted answer; ${ROUNDS} times each word, alternating:`,
  );
  for (const word of WORDS) {
    const ofWord = [...times].filter(([label]) => label.startsWith(word)).map(([, values]) => values);
    console.log(line(`${word}, first key`, ofWord[0] ?? []));
    console.log(line(`${word}, other keys`, ofWord.slice(1, 8).flat()));
    console.log(line(`${word}, deleted again`, ofWord.slice(8).flat()));
  }
  const slowest = Math.max(...[...times.values()].map(median));
  console.log(verdict('slowest key, its median', slowest, BUDGET, { digits: 1, unit: ' ms' }));
}
