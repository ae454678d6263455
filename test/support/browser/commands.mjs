import { resizeWindow } from './launchers.mjs';

/** @import { TestRunnerPlugin } from '@web/test-runner' */
/** @import { ResizableLauncher, Size } from './launchers.mjs' */
/**
 * Commands for `executeServerCommand` that the test runner does not have.
 * @param {import('../../../scripts/browsers.mjs').Engine} engine
 * @returns {TestRunnerPlugin<Size>}
 */
export function commandsPlugin(engine) {
  return {
    name: 'commands',
    async executeCommand({ command, payload, session }) {
      if (command === 'engine-asked-for') return engine;
      if (command === 'resize' && payload) {
        // The test runner's own command for this does not know WebDriver.
        const browser = /** @type {ResizableLauncher} */ (session.browser);
        if (browser.driver) return resizeWindow(browser.driver, payload);
        await browser.getPage?.(session.id).setViewport(payload);
        return payload;
      }
      return undefined;
    },
  };
}
