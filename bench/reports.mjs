// What a report costs a game whose thread it is made on: alone among many that wait, and a thousand in a loop.

import { line, median, verdict } from './statistics.mjs';
import { Stage } from './world.mjs';

/** @import { World } from './world.mjs' */

const WAITING = 900;
const MEASURED = 90;
const LOOP = 1000;
const ROUNDS = 5;
/** Of the page's own thread, in milliseconds. */
const BUDGET = 1;

/** @typedef {{ store: { report(intent: object): Promise<unknown>; signOut(): Promise<number>; refresh(): Promise<void> } }} WithStore */

/**
 * Nothing takes reports there, so that all of them wait. A list of 200 shows each one.
 * @param {World} world
 */
export async function measureReports(world) {
  /** @type {number[]} */
  const each = [];
  /** @type {number[]} */
  const whole = [];
  /** @type {number[]} */
  const refused = [];
  for (let round = -1; round < ROUNDS; round++) {
    const stage = await Stage.open(world, '/reports.html');
    const { page } = stage;
    const reportAll = (/** @type {readonly [count: number, wanted: string]} */ options) =>
      page.evaluate(async ([count, wanted]) => {
        const { store } = /** @type {WithStore} */ (
          /** @type {unknown} */ (document.querySelector('achievement-list'))
        );
        const reports = [];
        const begin = performance.now();
        for (let index = 0; index < count; index++) {
          reports.push(store.report({ achievement: `achievement-${1 + (index % 60) * 3}`, add: 1 }));
          if (wanted === 'each') {
            await reports.at(-1);
            await new Promise((resolve) => setTimeout(resolve, 0));
          }
        }
        const took = performance.now() - begin;
        await Promise.allSettled(reports);
        return took;
      }, options);

    await reportAll([WAITING, 'all']);
    await stage.prepare();
    const time = await stage.scriptTime(async () => void (await reportAll([MEASURED, 'each'])));
    await page.evaluate(async () => {
      const { store } = /** @type {WithStore} */ (/** @type {unknown} */ (document.querySelector('achievement-list')));
      await store.signOut();
      await store.refresh();
    });
    await stage.prepare();
    const loop = await stage.longestTask(async () => void (await reportAll([LOOP, 'all'])));
    const full = await stage.longestTask(async () => void (await reportAll([9 * LOOP, 'all'])));
    // The first round warms up.
    if (round >= 0) {
      each.push(time / MEASURED);
      whole.push(loop);
      refused.push(full);
    }
    await page.evaluate(() =>
      /** @type {WithStore} */ (/** @type {unknown} */ (document.querySelector('achievement-list'))).store.signOut(),
    );
    await stage.close();
  }
  console.log(`\nReports, ${WAITING} waiting; median of ${ROUNDS}:`);
  console.log(verdict('scripts for one report', median(each), BUDGET, { digits: 2, unit: ' ms' }));
  console.log(line(`longest task, ${LOOP} in a loop`, whole));
  console.log(line(`longest task, ${9 * LOOP} too many`, refused));
}
