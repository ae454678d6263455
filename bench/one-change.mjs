// One achievement of ten thousand moves on.

import { MANY } from './large-list.mjs';
import { line, median, verdict } from './statistics.mjs';
import { Stage } from './world.mjs';

/** @import { World } from './world.mjs' */

const CHANGES = 100;
/** Where changes take long, fewer are made: those of one round, with all that is compared, take about so many milliseconds. */
const ROUND_LIMIT = 8000;
const WARM_UP_CHANGES = 10;
const ROUNDS = 9;
const BUDGET = 2;
/** As many cards as a screen of the list has, and some more. */
const CARDS = 20;

/**
 * What is compared: our list gets a new array in which one object is new, and has to find it. The page by hand has the
 * markup of our cards and writes what our card writes: the bar's value, its words for sight and for speech, and the
 * sentence of the card. It forms the words from the numbers, as ours does, and either knows which achievement it is
 * (`write`), or finds it in the same new array (`find`): the first is what the budget is about, the second the same
 * task. The arrays are made before. Both do it once a frame; what the loop itself costs is measured (`nothing`) and
 * taken off all of them.
 * @param {World} world
 */
export async function measureOneChange(world) {
  const ours = await Stage.open(world, '/in-page/elements.html');
  await ours.show(MANY);
  await ours.page.evaluate(() => window.subject.settled());
  const byHand = await Stage.open(world, '/in-page/by-hand.html');
  const card = await ours.page.evaluate(() => window.subject.card());
  await byHand.page.evaluate(
    ([wanted, count]) => window.subject.build(wanted, count),
    /** @type {const} */ ([card, CARDS]),
  );

  let renders = 0;
  /** @type {Record<'ours' | 'write' | 'find' | 'nothing', number[]>} */
  const times = { ours: [], write: [], find: [], nothing: [] };
  const kinds = /** @type {const} */ (['ours', 'write', 'find', 'nothing']);
  let changes = WARM_UP_CHANGES;
  for (let round = -1; round < ROUNDS; round++) {
    /** @type {Partial<Record<keyof typeof times, string>>} */
    const words = {};
    const begin = performance.now();
    for (const kind of kinds) {
      const { page } = kind === 'ours' ? ours : byHand;
      await page.evaluate((count) => window.subject.prepareChanges(count), changes);
      await (kind === 'ours' ? ours : byHand).prepare();
      const time = await (kind === 'ours' ? ours : byHand).scriptTime(async () => {
        if (kind === 'ours') {
          const result = await page.evaluate(() => /** @type {ElementsSubject} */ (window.subject).change());
          words.ours = result.words;
          renders = Math.max(renders, result.renders / changes);
        } else {
          words[kind] = await page.evaluate(
            (wanted) => /** @type {ByHandSubject} */ (window.subject).change(wanted),
            kind,
          );
        }
      });
      // The first round warms up.
      if (round >= 0) times[kind].push((time / changes) * 1000);
    }
    if (round < 0) {
      const each = (performance.now() - begin) / changes;
      changes = Math.max(1, Math.min(CHANGES, Math.floor(ROUND_LIMIT / each)));
    }
    if (!words.ours) throw new Error('The changed card has no words for its progress.');
  }
  const loop = median(times.nothing);
  const own = (/** @type {keyof typeof times} */ kind) => times[kind].map((time) => time - loop);
  console.log(`\nOne of ${MANY} achievements moves on; median of ${ROUNDS} times ${changes} changes, alternating:`);
  console.log(verdict('cards rendered for each', renders, 1));
  console.log(line('achievement-list, scripts', own('ours'), 'µs'));
  console.log(line('by hand, the write', own('write'), 'µs'));
  console.log(line('by hand, finds and writes', own('find'), 'µs'));
  console.log(verdict('ratio to the write', median(own('ours')) / median(own('write')), BUDGET, { digits: 2 }));
  console.log(`  ${'ratio to finds and writes'.padEnd(30)} ${(median(own('ours')) / median(own('find'))).toFixed(2)}`);
  await ours.close();
  await byHand.close();
}
