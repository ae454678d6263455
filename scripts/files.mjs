// The few things about files that Node 20 does not have, or has only as an experiment.

import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export { existsSync };

/**
 * The paths that fit an absolute pattern; `*` stands for one folder name.
 * @param {string} pattern
 * @returns {string[]}
 */
export function globSync(pattern) {
  const [before = '', ...after] = pattern.split('/*/');
  if (after.length === 0) return existsSync(pattern) ? [pattern] : [];
  if (!existsSync(before)) return [];
  return readdirSync(before).flatMap((name) => globSync(join(before, name, after.join('/*/'))));
}

/**
 * Every file under a folder, as paths relative to it with forward slashes, in a fixed order.
 * @param {string} folder
 * @returns {string[]}
 */
export function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
