// How long until a visitor who comes back sees the first card, with no network for the data: our element against a page
// written by hand. Prints medians; a timing is never a test.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { argv, exit } from 'node:process';
import { chromium } from 'playwright-core';
import { ensureBrowsers, isRoot } from '../scripts/browsers.mjs';
import { achievementsAnswer, ourPage, vanillaPage, vanillaScript, vanillaStyle } from './pages.mjs';

const COUNT = 200;
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
const browser = await chromium.launch({
  executablePath: /** @type {string} */ (program),
  args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-background-networking', '--disable-component-update'],
});
const context = await browser.newContext({ viewport: { width: 1000, height: 1400 } });

/** @param {'ours' | 'vanilla'} name */
async function firstCard(name) {
  const page = await context.newPage();
  await page.goto(`${origin}/${name}.html`);
  // The pages hold nothing but the list, so their first contentful paint is that of the first card.
  const painted = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          for (const { name: kind, startTime } of list.getEntries()) {
            if (kind === 'first-contentful-paint') resolve(startTime);
          }
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  const cards = await page.evaluate(() => {
    const list = document.querySelector('achievement-list');
    return (list?.shadowRoot ?? document).querySelectorAll('achievement-card, .card').length;
  });
  if (cards < 20) throw new Error(`${name} shows ${cards} cards`);
  await page.close();
  return /** @type {number} */ (painted);
}

/** @param {number[]} values */
function median(values) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

let failed = false;
try {
  // The first visit fills the cache; two more warm up what the browser keeps of the scripts.
  const first = await context.newPage();
  await first.goto(`${origin}/ours.html`);
  await first.waitForFunction(
    (count) =>
      document.querySelector('achievement-list')?.shadowRoot?.querySelectorAll('achievement-card').length === count,
    COUNT,
  );
  await first.close();
  network = false;
  for (let warm = 0; warm < 3; warm++) {
    await firstCard('ours');
    await firstCard('vanilla');
  }
  /** @type {{ ours: number[], vanilla: number[] }} */
  const times = { ours: [], vanilla: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await firstCard('ours'));
    times.vanilla.push(await firstCard('vanilla'));
  }
  const [ours, vanilla] = [median(times.ours), median(times.vanilla)];
  const ratio = ours / vanilla;
  console.log(`First card of ${COUNT} cached achievements, no network, median of ${ROUNDS}, alternating:`);
  console.log(`  achievement-list ${ours.toFixed(1)} ms (${range(times.ours)})`);
  console.log(`  by hand          ${vanilla.toFixed(1)} ms (${range(times.vanilla)})`);
  console.log(`  ratio ${ratio.toFixed(2)}, at most ${BUDGET}: ${ratio <= BUDGET ? 'met' : 'NOT MET'}`);
  failed = ratio > BUDGET;
} finally {
  await browser.close();
  server.close();
}
if (failed && argv.includes('--strict')) exit(1);

/** @param {number[]} values */
function range(values) {
  return `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;
}
