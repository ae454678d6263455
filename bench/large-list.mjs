// Ten thousand achievements: how long until they are painted, how much is in the document, and whether it scrolls.

import { line, median, verdict } from './statistics.mjs';
import { Stage } from './world.mjs';

/** @import { World } from './world.mjs' */

export const FEW = 20;
export const MANY = 10_000;
const ROUNDS = 11;
const PASSES = 3;
/** No pass begins after so many milliseconds: a busy machine takes long for one. */
const PASSES_LIMIT = 20_000;
const RATIO_BUDGET = 1.5;
const ELEMENTS_BUDGET = 2500;
const TASK_BUDGET = 50;

/** @param {World} world */
export async function measureLargeList(world) {
  const stage = await Stage.open(world, '/in-page/elements.html');
  const { page } = stage;
  for (let warm = 0; warm < 3; warm++) for (const count of [FEW, MANY]) await stage.show(count);
  /** @type {number[]} */
  const few = [];
  /** @type {number[]} */
  const many = [];
  for (let round = 0; round < ROUNDS; round++) {
    few.push(await stage.show(FEW));
    many.push(await stage.show(MANY));
  }
  console.log(
    `\nFrom setting \`achievements\`, with \`controls\`, to a painted screen; median of ${ROUNDS}, alternating:`,
  );
  console.log(line(`${FEW} achievements`, few));
  console.log(line(`${MANY} achievements`, many));
  console.log(verdict('ratio', median(many) / median(few), RATIO_BUDGET, { digits: 2 }));

  console.log(`${MANY} achievements from the top to the end, a screen each frame:`);
  for (const layout of ['list', 'grid']) {
    await stage.show(MANY, layout);
    const isSettled = await page.evaluate(() => window.subject.settled());
    const atTop = await page.evaluate(() => window.subject.countElements());
    /** @type {Awaited<ReturnType<ElementsSubject['scrollThrough']>>[]} */
    const passes = [];
    /** @type {number[]} */
    const ownTimes = [];
    const begin = performance.now();
    while (isSettled && passes.length < PASSES && performance.now() - begin < PASSES_LIMIT) {
      await stage.prepare();
      const ownTime = await stage.longestTask(async () => {
        passes.push(await page.evaluate(() => window.subject.scrollThrough()));
      });
      ownTimes.push(ownTime);
    }
    const most = Math.max(atTop, ...passes.map(({ mostElements }) => mostElements));
    console.log(verdict(`${layout}: elements, at most`, most, ELEMENTS_BUDGET));
    if (!isSettled) {
      console.log(`  ${layout}: not all achievements were there in time, so it was not scrolled: NOT MET`);
      continue;
    }
    // The budget is about what its thread ran: by the clock a task takes as long as other programs make it. By the
    // clock the browser reports tasks from 50 ms on; 0 stands for none.
    console.log(verdict(`${layout}: longest task`, Math.max(...ownTimes), TASK_BUDGET, { digits: 1, unit: ' ms' }));
    console.log(
      line(
        `${layout}: the same by the clock`,
        passes.map(({ longestTask }) => longestTask),
      ),
    );
    console.log(
      line(
        `${layout}: longest time for a frame`,
        passes.map(({ longestGap }) => longestGap),
      ),
    );
    console.log(`  ${`${layout}: frames of each pass`.padEnd(30)} ${passes.map(({ frames }) => frames).join(', ')}`);
  }
  await stage.close();
}
