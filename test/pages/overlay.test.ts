import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from '../support/browser/chromium.js';

describe('the overlay', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function open(query: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(new URL(`overlay.html${query}`, inject('demoUrl')).href, { waitUntil: 'load' });
    return page;
  }

  it('explains itself where its address says nothing, and names what is wrong with it', async () => {
    const page = await open('?postion=top');
    expect(await page.locator('main').textContent()).toContain('There is no option postion.');
    await page.close();
  });

  it('plays its scene: toasts come, the tracker moves, and behind it everything is transparent', async () => {
    const page = await open('?test&tracker=all&position=top-end&scale=1.5');
    await page.locator('achievement-toasts article').first().waitFor();
    expect(await page.locator('achievement-toasts').getAttribute('position')).toBe('top-end');
    expect(await page.locator('achievement-toasts article [part="name"]').first().textContent()).toBe('First Light');
    await page.locator('achievement-tracker [part~="line"]').first().waitFor();
    const backgrounds = await page.evaluate(() =>
      [document.documentElement, document.body].map((element) => getComputedStyle(element).backgroundColor),
    );
    expect(backgrounds).toEqual(['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0)']);
    await page.close();
  });

  it('lets the pointer through except where a notice is', async () => {
    const page = await open('?test&position=top-end');
    const toast = page.locator('achievement-toasts article').first();
    await toast.waitFor();
    const tagsAt = async (x: number, y: number) =>
      page.evaluate(([left, top]) => document.elementFromPoint(left!, top!)?.localName, [x, y]);
    const box = (await toast.boundingBox())!;
    expect(await tagsAt(box.x + box.width / 2, box.y + box.height / 2)).toBe('achievement-toasts');
    expect(await tagsAt(20, 400)).toBe('html');
    await page.close();
  });

  it('shows its list where it is asked for, and Escape hides it', async () => {
    const page = await open('?test&list');
    await page.locator('.panel achievement-list achievement-card').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.panel').waitFor({ state: 'detached' });
    await page.close();
  });
});
