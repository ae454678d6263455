import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AchievementList } from '../../src/index.js';
import { launchChromium } from '../support/browser/chromium.js';
import { MISSING, takeAway, unknownStyles } from '../support/pages/older-engine.js';
import { openStrangerSite, type StrangerSite } from '../support/pages/stranger-site.js';

const [, FILE = ''] =
  /```json\n([\s\S]*?)```/.exec(readFileSync(new URL('../../README.md', import.meta.url), 'utf8')) ?? [];
const DONE = FILE.replace('"progress": { "current": 8, "target": 10 }', '"unlockedAt": "2026-01-18T12:00:00Z"');

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Older</title>
<script type="module" src="/achievement-overlay.js"></script>
<body><achievement-list id="list" src="/achievements.json" player="ada" controls summary details></achievement-list>
<achievement-toasts for="list"></achievement-toasts><achievement-tracker for="list"></achievement-tracker>
<achievement-gamepad legend="always"></achievement-gamepad></body></html>`;

/** The contrast of a part of an element with the nearest background that is painted, and whether that is opaque. */
function contrastOf([tag, part]: readonly [tag: string, part: string]) {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
      const value = channel / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const find = (root: ParentNode): Element | undefined => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(`[part~="${part}"]`)) return element;
      const inner = element.shadowRoot ? find(element.shadowRoot) : undefined;
      if (inner) return inner;
    }
    return undefined;
  };
  const element = find(document.querySelector(tag)!.shadowRoot!)!;
  let background: string | undefined;
  for (let each: Element | null = element; each && !background; each = each.parentElement) {
    const colour = getComputedStyle(each).backgroundColor;
    if (channels(colour)[3] !== 0) background = colour;
  }
  const pair = [getComputedStyle(element).color, background ?? 'transparent'];
  const [light = 0, dark = 0] = pair.map(luminance).sort((one, other) => other - one);
  return { ratio: background ? (light + 0.05) / (dark + 0.05) : 0, isOpaque: channels(pair[1]!)[3] === undefined };
}

/** Presses buttons of a gamepad, one after the other; where the focus is then in the list. */
async function walkWithPad(pressed: readonly number[]): Promise<string | undefined> {
  const frames = async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  };
  const buttons = Array.from({ length: 17 }, () => ({ pressed: false, touched: false, value: 0 }));
  const pad = { id: 'A pad', index: 0, connected: true, mapping: 'standard', axes: [0, 0, 0, 0], buttons };
  navigator.getGamepads = () => [pad as unknown as Gamepad, null, null, null];
  dispatchEvent(new Event('gamepadconnected'));
  for (const button of pressed) {
    for (const isPressed of [true, false]) {
      buttons[button]!.pressed = isPressed;
      await frames();
    }
  }
  return document.querySelector('achievement-list')!.shadowRoot!.activeElement?.tagName;
}

describe('in engines as old as those of games and streaming programs', () => {
  let browser: Browser;
  let site: StrangerSite;
  let context: BrowserContext;

  beforeAll(async () => {
    site = await openStrangerSite(unknownStyles);
    site.pages.set('/', PAGE);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });
  beforeEach(() => {
    site.answer = { body: FILE };
  });
  afterEach(() => context.close());

  async function open(colorScheme: 'light' | 'dark' = 'light') {
    context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    await page.addInitScript(takeAway, MISSING);
    await page.goto(`${site.origin}/`);
    return { page, problems };
  }

  const textOf = (page: Page, tag: string) =>
    page.evaluate((wanted) => document.querySelector(wanted)!.shadowRoot!.textContent, tag);
  const cards = (page: Page, count: number) =>
    page.waitForFunction(
      (wanted) =>
        document.querySelector('achievement-list')?.shadowRoot?.querySelectorAll('achievement-card').length === wanted,
      count,
    );

  it('control: much is missing, what is newer fails, and what is old enough is there', async () => {
    const { page } = await open();
    const left = await page.evaluate(() => ({
      canParse: 'canParse' in URL,
      checkVisibility: 'checkVisibility' in Element.prototype,
      toSorted: 'toSorted' in Array.prototype,
      any: 'any' in AbortSignal,
      at: 'at' in Array.prototype,
      locks: 'locks' in navigator,
      sheets: 'replaceSync' in CSSStyleSheet.prototype,
    }));
    expect(left).toEqual({
      canParse: false,
      checkVisibility: false,
      toSorted: false,
      any: false,
      at: true,
      locks: true,
      sheets: true,
    });
    await expect(page.evaluate(() => URL.canParse('https://game.example'))).rejects.toThrow('is not a function');
  });

  it('lists, notices, tracker, legend and bridge work, without a word of complaint', async () => {
    const { page, problems } = await open();
    await cards(page, 3);
    expect(await textOf(page, 'achievement-tracker')).toContain('Escape Velocity');
    expect(await textOf(page, 'achievement-gamepad')).toContain('Select');
    site.answer = { body: DONE };
    await page.evaluate(() => document.querySelector<AchievementList>('achievement-list')!.store!.refresh());
    await page.waitForFunction(() =>
      document
        .querySelector('achievement-toasts')!
        .shadowRoot!.textContent.includes('Achievement unlocked: Escape Velocity'),
    );
    await page.evaluate(`import('/achievement-overlay.js').then(({ connectBridge }) => {
      const { store } = document.querySelector('achievement-list');
      connectBridge(store, { origins: ['https://game.example'] });
    })`);
    expect(await page.evaluate(walkWithPad, [8, 12])).toBe('BUTTON');
    await page.locator('input[type="search"]').fill('first');
    await cards(page, 1);
    expect(problems).toEqual([]);
  });

  it('the list is there again without a network', async () => {
    const { page } = await open();
    await cards(page, 3);
    await page.waitForFunction(
      () => document.querySelector<AchievementList>('achievement-list')!.store!.snapshot.activity === 'idle',
    );
    site.answer = 'cut';
    await page.reload();
    await cards(page, 3);
  });

  for (const scheme of ['light', 'dark'] as const) {
    it(`everything can be read, ${scheme}`, async () => {
      const { page } = await open(scheme);
      await page.addStyleTag({ content: ':root { color-scheme: light dark }' });
      await cards(page, 3);
      site.answer = { body: DONE };
      await page.evaluate(() => document.querySelector<AchievementList>('achievement-list')!.store!.refresh());
      await page.waitForFunction(() =>
        document.querySelector('achievement-toasts')!.shadowRoot!.querySelector('.toast'),
      );
      for (const [tag, part, least] of [
        ['achievement-list', 'name', 7],
        ['achievement-list', 'description', 4],
        ['achievement-toasts', 'name', 7],
        ['achievement-toasts', 'label', 4],
        ['achievement-tracker', 'name', 7],
      ] as const) {
        const { isOpaque, ratio } = await page.evaluate(contrastOf, [tag, part] as const);
        expect(ratio, `${tag} ${part}`).toBeGreaterThan(least);
        expect(isOpaque, `${tag} ${part} hides what is under it`).toBe(true);
      }
    });
  }
});
