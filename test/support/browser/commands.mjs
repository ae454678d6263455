import { resizeWindow } from './launchers.mjs';

/** @import { TestRunnerPlugin } from '@web/test-runner' */
/** @import { OpenedLauncher } from './launchers.mjs' */

/** @typedef {{ name: string, value: string }[]} MediaFeatures */

/**
 * Commands for `executeServerCommand` that the test runner does not have.
 * @param {import('../../../scripts/browsers.mjs').Engine} engine
 * @returns {TestRunnerPlugin<any>}
 */
export function commandsPlugin(engine) {
  return {
    name: 'commands',
    async executeCommand({ command, payload, session }) {
      if (command === 'engine-asked-for') return engine;
      const browser = /** @type {OpenedLauncher} */ (session.browser);
      if (command === 'accessibility-tree') {
        // The test runner's own command leaves out what holds something else: headings and groups.
        const page = engine === 'chromium' ? browser.getPage?.(session.id) : undefined;
        return (await page?.accessibility?.snapshot({ interestingOnly: false })) ?? false;
      }
      if (command === 'media') {
        // The test runner's own command does not know forced colours; engines other than Chromium know neither.
        if (engine !== 'chromium') return false;
        const client = await browser.getPage?.(session.id).createCDPSession?.();
        await client?.send('Emulation.setEmulatedMedia', { features: /** @type {MediaFeatures} */ (payload) });
        return true;
      }
      if (command === 'resize' && payload) {
        // The test runner's own command for this does not know WebDriver.
        if (browser.driver) return resizeWindow(browser.driver, payload);
        await browser.getPage?.(session.id).setViewport(payload);
        return payload;
      }
      if (command === 'press' && payload) {
        // The test runner's own command for this has no key held with another one in WebDriver.
        if (browser.driver) await browser.driver.keys(payload);
        const keyboard = browser.getPage?.(session.id).keyboard;
        const held = payload.slice(0, -1);
        for (const key of held) await keyboard?.down(key);
        await keyboard?.press(payload.at(-1) ?? '');
        for (const key of held) await keyboard?.up(key);
        return true;
      }
      return undefined;
    },
  };
}
