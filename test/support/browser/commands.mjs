/** @import { TestRunnerPlugin } from '@web/test-runner' */
/** @import { WebdriverLauncher } from '@web/test-runner-webdriver' */

/**
 * Commands that tests need and the test runner does not have, for `executeServerCommand`.
 * @param {import('../../../scripts/browsers.mjs').Engine} engine
 * @returns {TestRunnerPlugin}
 */
export function commandsPlugin(engine) {
  return {
    name: 'commands',
    executeCommand({ command }) {
      if (command === 'engine-asked-for') return engine;
      return undefined;
    },
  };
}
