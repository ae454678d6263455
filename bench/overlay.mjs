// What an overlay costs: a toast, a thousand steps in a second, and a minute in which nothing happens.

import { line, median, verdict } from './statistics.mjs';
import { Stage } from './world.mjs';

/** @import { World } from './world.mjs' */

const UNLOCKS = 15;
const FRAMES_MORE = 2;
const LONGEST_TASK = 50;
const MINUTE = 60_000;
/**
 * Until what happened before has gone: toasts, the next answer, the engine's own tidying after a thousand steps, and the
 * words of the list, which say "just now" for a minute and then the time for good.
 */
const REST = 75_000;
const IDLE_BUDGET = 5;

/** @param {World} world */
export async function measureOverlay(world) {
  const ours = await Stage.open(world, '/in-page/overlay.html');
  const byHand = await Stage.open(world, '/in-page/overlay-by-hand.html');
  const empty = await world.context.newPage();
  await empty.goto(`${world.origin}/in-page/empty.html`);
  for (const { page } of [ours, byHand]) {
    await page.evaluate(() => window.subject.open());
  }

  /** @type {Record<'ours' | 'byHand', number[]>} */
  const frames = { ours: [], byHand: [] };
  for (let round = -1; round < UNLOCKS; round++) {
    for (const [name, stage] of /** @type {const} */ ([
      ['ours', ours],
      ['byHand', byHand],
    ])) {
      await stage.prepare();
      const count = await stage.page.evaluate(() => window.subject.unlock());
      // The first round warms up.
      if (round >= 0) frames[name].push(count);
    }
  }
  console.log(`\nFrom an unlock to the frame that has its toast; ${UNLOCKS} times, alternating:`);
  console.log(line('achievement-toasts', frames.ours, 'frames'));
  console.log(line('by hand', frames.byHand, 'frames'));
  console.log(verdict('frames more, at most', Math.max(...frames.ours) - median(frames.byHand), FRAMES_MORE));

  await ours.prepare();
  let told = { current: 0, took: 0 };
  const longest = await ours.longestTask(async () => {
    told = await ours.page.evaluate(() => window.subject.steps());
  });
  console.log('1000 steps of one achievement, a task each, with list, tracker and toasts:');
  console.log(verdict('longest task', longest, LONGEST_TASK, { digits: 1, unit: ' ms' }));
  console.log(`  ${'told within'.padEnd(30)} ${told.took.toFixed(0)} ms, the last value is ${told.current}`);

  console.log('A minute without events, with list, tracker, toasts and gamepad, time of the page’s own thread:');
  for (const state of /** @type {const} */ (['visible', 'hidden'])) {
    const [own, nothing] = await idleTimes(world, ours.page, empty, state);
    console.log(verdict(state, own, IDLE_BUDGET, { digits: 1, unit: ' ms' }));
    console.log(`  ${'an empty page'.padEnd(30)} ${nothing.toFixed(1)} ms`);
  }
  await ours.close();
  await byHand.close();
  await empty.close();
}

/**
 * What the thread of each page works in a minute, in milliseconds: first ours, then an empty one in the same place.
 * @param {World} world
 * @param {import('playwright-core').Page} ours
 * @param {import('playwright-core').Page} empty
 * @param {'visible' | 'hidden'} state
 * @returns {Promise<readonly [number, number]>}
 */
async function idleTimes(world, ours, empty, state) {
  /** @type {number[]} */
  const times = [];
  for (const page of [ours, empty]) {
    await (state === 'visible' ? page : page === ours ? empty : ours).bringToFront();
    const session = await world.context.newCDPSession(page);
    // Or the page works for a minute on what the thousand steps have left.
    await session.send('HeapProfiler.collectGarbage');
    if (page === ours) await new Promise((resolve) => setTimeout(resolve, REST));
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const taskTime = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN) * 1000;
    };
    const before = await taskTime();
    // In here and not in the page, which is to have no timer.
    await new Promise((resolve) => setTimeout(resolve, MINUTE));
    times.push((await taskTime()) - before);
    await session.detach();
  }
  return /** @type {[number, number]} */ (times);
}
