import { executeServerCommand } from '@web/test-runner-commands';

/**
 * Makes the page believe in media features such as `forced-colors`; none of them takes all back.
 * @returns whether the engine can do so: only Chromium can
 */
export function emulateFeatures(features: Readonly<Record<string, string>>): Promise<boolean> {
  const list = Object.entries(features).map(([name, value]) => ({ name, value }));
  return executeServerCommand<boolean, typeof list>('media', list);
}
