import { resizeWindow } from './launchers.mjs';

/** @import { TestRunnerPlugin } from '@web/test-runner' */
/** @import { OpenedLauncher, Size } from './launchers.mjs' */
/**
 * Commands for `executeServerCommand` that the test runner does not have.
 * @param {import('../../../scripts/browsers.mjs').Engine} engine
 * @returns {TestRunnerPlugin<Size & readonly string[]>}
 */
export function commandsPlugin(engine) {
  return {
    name: 'commands',
    async executeCommand({ command, payload, session }) {
      if (command === 'engine-asked-for') return engine;
      if (command === 'resize' && payload) {
        // The test runner's own command for this does not know WebDriver.
        const browser = /** @type {OpenedLauncher} */ (session.browser);
        if (browser.driver) return resizeWindow(browser.driver, payload);
        await browser.getPage?.(session.id).setViewport(payload);
        return payload;
      }
      if (command === 'press' && payload) {
        // The test runner's own command for this has no key held with another one in WebDriver.
        const browser = /** @type {OpenedLauncher} */ (session.browser);
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
