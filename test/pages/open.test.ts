import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchChromium } from '../support/browser/chromium.js';

const folder = fileURLToPath(new URL('../../demo', import.meta.url));
/** A name with an underscore is somebody's scratch paper. */
const pages = readdirSync(folder).filter((name) => /^[a-z].*\.html$/.test(name));

describe('the pages of the demo', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each(pages)('%s opens without an error, and asks nobody else for anything', async (name) => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      const { url } = message.location();
      // A browser asks for an icon that the smallest page does not have.
      if (message.type() === 'error' && !url.endsWith('/favicon.ico')) complaints.push(`${message.text()} ${url}`);
    });
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (/^https?:$/.test(protocol) && origin !== new URL(inject('demoUrl')).origin) complaints.push(request.url());
    });
    await page.goto(new URL(name, inject('demoUrl')).href, { waitUntil: 'load' });
    await page.waitForFunction(
      () =>
        document.querySelector('achievement-list, achievement-card')?.shadowRoot?.childElementCount ??
        document.querySelector('canvas, main.help'),
    );
    expect(complaints).toEqual([]);
    await page.close();
  });
});
