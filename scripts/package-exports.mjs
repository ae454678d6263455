// The files that package.json exports, with the patterns filled in from what was built.

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder } from './files.mjs';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

/**
 * @typedef {object} ExportedFile
 * @property {string} specifier as an importer writes it, from the package's name on
 * @property {string} file relative to the package
 * @property {string} [types] relative to the package
 */

/** @returns {ExportedFile[]} */
export function exportedFiles() {
  /** @type {{ name: string, exports: Record<string, string | { types?: string, default: string }> }} */
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const built = filesUnder(join(root, 'dist')).map((path) => `dist/${path}`);

  return Object.entries(exports).flatMap(([key, target]) => {
    const { types, default: path } = typeof target === 'string' ? { types: undefined, default: target } : target;
    /** @param {string} [filling] for `*` */
    const entry = (filling = '') => ({
      specifier: name + key.slice(1).replace('*', filling),
      file: path.replace('*', filling).slice(2),
      ...(types && { types: types.replace('*', filling).slice(2) }),
    });
    if (!key.includes('*')) return [entry()];
    const [before = '', after = ''] = path.slice(2).split('*');
    return built
      .filter((file) => file.startsWith(before) && file.endsWith(after))
      .map((file) => file.slice(before.length, file.length - after.length))
      .filter((filling) => !filling.includes('/'))
      .map(entry);
  });
}
