// How long until a visitor who comes back sees the first card, with no network for the data: our element against a page
// written by hand. Prints medians; a timing is never a test.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureBrowsers, isRoot } from '../scripts/browsers.mjs';
import { achievementsAnswer, ourPage, vanillaPage, vanillaScript, vanillaStyle } from './pages.mjs';

const COUNT = 200;
const CARDS = 20;
const ROUNDS = 15;
const BUDGET = 1.5;

const built = readFileSync(new URL('../dist/cdn/achievement-elements.js', import.meta.url));

/** @type {Readonly<Record<string, readonly [type: string, body: string | Buffer]>>} */
const FILES = {
  '/ours.html': ['text/html', ourPage],
  '/vanilla.html': ['text/html', vanillaPage],
  '/vanilla.js': ['text/javascript', vanillaScript],
  '/vanilla.css': ['text/css', vanillaStyle],
  '/achievement-elements.js': ['text/javascript', built],
  '/achievements.json': ['application/json', achievementsAnswer(COUNT)],
};

/** While false, the data cannot be had: the connection is cut. */
let network = true;

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const file = FILES[path];
  if (path === '/achievements.json' && !network) {
    request.socket.destroy();
    return;
  }
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  const [type, body] = file;
  const cache = path.endsWith('.js') || path.endsWith('.css') ? 'max-age=3600' : 'no-store';
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': cache }).end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = /** @type {import('node:net').AddressInfo} */ (server.address());
const origin = `http://127.0.0.1:${address.port}`;

const { chromium: program } = ensureBrowsers(['chromium']);
const profile = mkdtempSync(join(tmpdir(), 'achievement-elements-bench-'));
// A profile on disk, as visitors have it: a private window keeps no compiled scripts.
const context = await chromium.launchPersistentContext(profile, {
  executablePath: /** @type {string} */ (program),
  viewport: { width: 1000, height: 1400 },
  args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-component-update'],
});

// Notes the first frame after which all of the cards are there that the other page paints at once.
await context.addInitScript((wanted) => {
  const look = () => {
    const list = document.querySelector('achievement-list');
    const cards = (list?.shadowRoot ?? document).querySelectorAll('achievement-card, .card').length;
    if (cards < wanted) requestAnimationFrame(look);
    else setTimeout(() => performance.mark('all cards'));
  };
  requestAnimationFrame(look);
}, CARDS);

/**
 * @typedef {object} Visit
 * @property {number} first when the first card was painted, in milliseconds after the navigation began
 * @property {number} all when the first 20 were
 */

/**
 * @param {'ours' | 'vanilla'} name
 * @returns {Promise<Visit>}
 */
async function visit(name) {
  const page = await context.newPage();
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

/** @param {number[]} values */
function median(values) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

/** @param {boolean} isMet */
function report(isMet) {
  return isMet ? 'met' : 'NOT MET';
}

try {
  // The first visit fills the cache; more of them warm up what the browser keeps of the scripts.
  const first = await context.newPage();
  await first.goto(`${origin}/ours.html`);
  await first.waitForFunction(
    (count) =>
      document.querySelector('achievement-list')?.shadowRoot?.querySelectorAll('achievement-card').length === count,
    COUNT,
  );
  await first.close();
  network = false;
  for (let warm = 0; warm < 5; warm++) {
    await visit('ours');
    await visit('vanilla');
  }
  /** @type {{ ours: Visit[], vanilla: Visit[] }} */
  const visits = { ours: [], vanilla: [] };
  for (let round = 0; round < ROUNDS; round++) {
    visits.ours.push(await visit('ours'));
    visits.vanilla.push(await visit('vanilla'));
  }
  console.log(`${COUNT} cached achievements, no network for the data; median of ${ROUNDS} visits, alternating:`);
  for (const what of /** @type {const} */ (['first', 'all'])) {
    const ours = visits.ours.map((times) => times[what]);
    const vanilla = visits.vanilla.map((times) => times[what]);
    const ratio = median(ours) / median(vanilla);
    console.log(what === 'first' ? 'First card painted' : `The first ${CARDS} cards painted`);
    console.log(`  achievement-list ${median(ours).toFixed(1)} ms (${range(ours)})`);
    console.log(`  by hand          ${median(vanilla).toFixed(1)} ms (${range(vanilla)})`);
    console.log(
      `  ratio ${ratio.toFixed(2)}${what === 'first' ? `, at most ${BUDGET}: ${report(ratio <= BUDGET)}` : ''}`,
    );
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true });
  server.close();
}

/** @param {number[]} values */
function range(values) {
  return `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;
}
