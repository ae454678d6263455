// How long until a visitor who comes back sees the first card, with no network for the data: our element against a page
// written by hand.

import { line, median, verdict } from './statistics.mjs';

/** @import { World } from './world.mjs' */

const COUNT = 200;
const CARDS = 20;
const ROUNDS = 15;
const BUDGET = 1.5;

/**
 * @typedef {object} Visit
 * @property {number} first when the first card was painted, in milliseconds after the navigation began
 * @property {number} all when the first 20 were
 */

/**
 * Notes the first frame after which all of the cards are there that the other page paints at once.
 * @param {number} wanted
 */
function markAllCards(wanted) {
  const look = () => {
    const list = document.querySelector('achievement-list');
    const cards = (list?.shadowRoot ?? document).querySelectorAll('achievement-card, .card').length;
    if (cards < wanted) requestAnimationFrame(look);
    else setTimeout(() => performance.mark('all cards'));
  };
  requestAnimationFrame(look);
}

/**
 * @param {World} world
 * @param {'ours' | 'vanilla'} name
 * @returns {Promise<Visit>}
 */
async function visit({ context, origin }, name) {
  const page = await context.newPage();
  await page.addInitScript(markAllCards, CARDS);
  await page.goto(`${origin}/${name}.html`);
  // The pages hold nothing but the list, so their first contentful paint is that of the first card.
  const times = await page.evaluate(async () => {
    /**
     * @param {string} type
     * @param {string} wanted
     */
    const entry = (type, wanted) =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          for (const { name: found, startTime } of list.getEntries()) if (found === wanted) resolve(startTime);
        }).observe({ type, buffered: true });
      });
    return { first: await entry('paint', 'first-contentful-paint'), all: await entry('mark', 'all cards') };
  });
  await page.close();
  return times;
}

/** @param {World} world */
export async function measureFirstCard(world) {
  // The first visit fills the cache; more of them warm up what the browser keeps of the scripts.
  const first = await world.context.newPage();
  await first.goto(`${world.origin}/ours.html`);
  await first.waitForFunction(
    (count) =>
      document.querySelector('achievement-list')?.shadowRoot?.querySelectorAll('achievement-card').length === count,
    COUNT,
  );
  await first.close();
  world.network.data = false;
  for (let warm = 0; warm < 5; warm++) {
    await visit(world, 'ours');
    await visit(world, 'vanilla');
  }
  /** @type {{ ours: Visit[], vanilla: Visit[] }} */
  const visits = { ours: [], vanilla: [] };
  for (let round = 0; round < ROUNDS; round++) {
    visits.ours.push(await visit(world, 'ours'));
    visits.vanilla.push(await visit(world, 'vanilla'));
  }
  world.network.data = true;
  console.log(`\n${COUNT} cached achievements, no network for the data; median of ${ROUNDS} visits, alternating:`);
  for (const what of /** @type {const} */ (['first', 'all'])) {
    const ours = visits.ours.map((times) => times[what]);
    const vanilla = visits.vanilla.map((times) => times[what]);
    const ratio = median(ours) / median(vanilla);
    console.log(what === 'first' ? 'First card painted' : `The first ${CARDS} cards painted`);
    console.log(line('achievement-list', ours));
    console.log(line('by hand', vanilla));
    console.log(
      what === 'first' ? verdict('ratio', ratio, BUDGET, { digits: 2 }) : `  ${'ratio'.padEnd(30)} ${ratio.toFixed(2)}`,
    );
  }
}
