// Draws the pictures of the README and of docs/overlay.md from the demo: `npm run picture`.

import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { ensureBrowsers, isRoot } from './browsers.mjs';

/** @param {string} name */
const fileOf = (name) => fileURLToPath(new URL(`../docs/images/${name}.png`, import.meta.url));
/** The examples that say most, by their label. */
const SHOWN = [
  'In progress',
  'Unlocked, rare, with several rewards',
  'Secret',
  'Challenge, ending soon',
  'Locked',
  'Scheduled',
];

const server = await createServer({ server: { port: 0 }, logLevel: 'error' });
await server.listen();
const origin = /** @type {string} */ (server.resolvedUrls?.local[0]);
const { chromium: program } = ensureBrowsers(['chromium']);
const browser = await chromium.launch({
  executablePath: /** @type {string} */ (program),
  args: isRoot ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: 1240, height: 720 } });
  await page.goto(`${origin}states.html?theme=none`);
  await page.evaluate(async (shown) => {
    const { everyState } = await import(/** @type {any} */ ('/pages/every-state.ts'));
    /** @type {{ label: string, achievement: unknown }[]} */
    const examples = everyState(Date.now());
    const achievements = shown.map((label) => examples.find((example) => example.label === label)?.achievement);
    document.body.replaceChildren();
    document.body.style.cssText = 'display:grid;grid-template-columns:1fr 1fr;gap:0;max-width:none;padding:0;margin:0';
    for (const theme of ['light', 'dark']) {
      const sheet = document.createElement('div');
      sheet.className = 'sheet';
      sheet.dataset['theme'] = theme;
      sheet.style.borderRadius = '0';
      const list = Object.assign(document.createElement('achievement-list'), { achievements, summary: true });
      sheet.append(list);
      document.body.append(sheet);
      await list.updateComplete;
    }
  }, SHOWN);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: fileOf('achievement-list'), fullPage: true });

  const overlay = await browser.newPage({ viewport: { width: 1240, height: 560 } });
  await overlay.goto(`${origin}overlay.html?test&tracker&background=game`);
  await overlay.waitForFunction(() => {
    const [toasts, tracker] = ['toasts', 'tracker'].map(
      (name) => document.querySelector(`achievement-${name}`)?.shadowRoot,
    );
    const isStill = [toasts, tracker].every((root) => root?.getAnimations().length === 0);
    return isStill && toasts?.querySelector('.rare') && toasts.querySelectorAll('.toast').length === 3;
  });
  await overlay.screenshot({ path: fileOf('overlay') });
} finally {
  await browser.close();
  await server.close();
}
