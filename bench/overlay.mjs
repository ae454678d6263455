// What an overlay costs: a toast, a thousand steps in a second, and a minute in which nothing happens.

import { line, median, verdict } from './statistics.mjs';
import { Stage } from './world.mjs';

/** @import { World } from './world.mjs' */

const UNLOCKS = 15;
const FRAMES_MORE = 2;
const LONGEST_TASK = 50;
const MINUTE = 60_000;
/** Of several, since the browser collects garbage in some minute of its own choice, in pages that did nothing too. */
const MINUTES = 3;
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

  console.log('A minute without events, with list, tracker, toasts and gamepad, on the page’s own thread:');
  for (const state of /** @type {const} */ (['visible', 'hidden'])) {
    const own = await idleMinutes(world, ours.page, empty, state, MINUTES);
    const [nothing] = await idleMinutes(world, empty, ours.page, state, 1);
    const asked = own.map((minute) => minute.asked);
    const tasks = own.map((minute) => minute.tasks);
    console.log(
      verdict(`${state}: scripts, style, layout`, Math.max(...asked), IDLE_BUDGET, { digits: 1, unit: ' ms' }),
    );
    console.log(verdict(`${state}: all tasks`, median(tasks), IDLE_BUDGET, { digits: 1, unit: ' ms' }));
    console.log(line('each of them', tasks, 'ms'));
    console.log(`  ${'an empty page'.padEnd(30)} ${nothing?.tasks.toFixed(1)} ms`);
  }
  await ours.close();
  await byHand.close();
  await empty.close();
}

/**
 * @typedef {object} IdleMinute
 * @property {number} asked milliseconds of scripts, style and layout: what the page itself asks for
 * @property {number} tasks milliseconds of everything, the browser's own work in it, but for the commands that measure it
 */

/**
 * What the thread of a page works in some minutes.
 * @param {World} world
 * @param {import('playwright-core').Page} page
 * @param {import('playwright-core').Page} other is in front of it where it is hidden
 * @param {'visible' | 'hidden'} state
 * @param {number} minutes
 * @returns {Promise<IdleMinute[]>}
 */
async function idleMinutes(world, page, other, state, minutes) {
  await (state === 'visible' ? page : other).bringToFront();
  const session = await world.context.newCDPSession(page);
  // Driven pages believe that they are seen, whatever is in front of them.
  await page.evaluate((seen) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => seen });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
  // Or the page works for a minute on what the thousand steps have left.
  await session.send('HeapProfiler.collectGarbage');
  await new Promise((resolve) => setTimeout(resolve, REST));
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const measure = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    /** @param {string} wanted */
    const spent = (wanted) => (metrics.find(({ name }) => name === `${wanted}Duration`)?.value ?? NaN) * 1000;
    return {
      asked: spent('Script') + spent('RecalcStyle') + spent('Layout'),
      tasks: spent('Task') - spent('DevToolsCommand'),
    };
  };
  /** @type {IdleMinute[]} */
  const measured = [];
  for (let minute = 0; minute < minutes; minute++) {
    const before = await measure();
    // In here and not in the page, which is to have no timer.
    await new Promise((resolve) => setTimeout(resolve, MINUTE));
    const after = await measure();
    measured.push({ asked: after.asked - before.asked, tasks: after.tasks - before.tasks });
  }
  await session.detach();
  return measured;
}
