import { executeServerCommand } from '@web/test-runner-commands';

/** Everything the page was made to believe: Chromium goes on believing what a later list leaves out. */
const told = new Set<string>();

/**
 * Makes the page believe in media features such as `forced-colors`; none of them takes all back.
 * @returns whether the engine can do so: only Chromium can
 */
export function emulateFeatures(features: Readonly<Record<string, string>>): Promise<boolean> {
  for (const name of Object.keys(features)) told.add(name);
  const list = [...told].map((name) => ({ name, value: features[name] ?? '' }));
  return executeServerCommand<boolean, typeof list>('media', list);
}
