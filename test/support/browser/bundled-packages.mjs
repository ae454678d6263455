import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { filesUnder } from '../../../scripts/files.mjs';

/** @import { TestRunnerPlugin } from '@web/test-runner' */
/** @import { Rolldown } from 'vite' */

const prefix = '/__bundled/';

/**
 * What the sources import from a package, as one module that exports it.
 * @param {string} rootFolder
 * @param {string} name
 */
function usedExports(rootFolder, name) {
  const statement = new RegExp(`import\\s+(\\*|\\{[^}]*\\})[^'";]*from\\s+'${name}'`, 'g');
  const names = new Set(
    ['src', 'test']
      .flatMap((folder) => filesUnder(join(rootFolder, folder)).map((path) => join(rootFolder, folder, path)))
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(statement)].map(([, imported = '']) => imported))
      .flatMap((imported) => imported.replace(/[{}]/g, '').split(','))
      .map((each) => each.trim().replace(/\s+as\s+.*/, ''))
      .filter((each) => each !== '' && !each.startsWith('type ')),
  );
  return names.has('*') ? `export * from '${name}';` : `export { ${[...names].join(', ')} } from '${name}';`;
}

/**
 * Serves packages of hundreds of modules as one: a page asks for every module of what it imports, which takes seconds
 * when all it wants is a few icons.
 * @param {string} rootFolder
 * @param {readonly string[]} packages
 * @returns {TestRunnerPlugin}
 */
export function bundledPackagesPlugin(rootFolder, packages) {
  /** @type {Map<string, Promise<string>>} */
  const bundles = new Map();

  /** @param {string} name */
  async function bundle(name) {
    const entry = '\0bundled';
    const result = await build({
      root: rootFolder,
      configFile: false,
      logLevel: 'error',
      plugins: [
        {
          name: 'entry',
          resolveId: (id) => (id === entry ? id : undefined),
          load: (id) => (id === entry ? usedExports(rootFolder, name) : undefined),
        },
      ],
      build: {
        write: false,
        target: 'es2022',
        minify: false,
        modulePreload: false,
        rolldownOptions: { input: entry, preserveEntrySignatures: 'strict', output: { codeSplitting: false } },
      },
    });
    return /** @type {Rolldown.RolldownOutput} */ (result).output[0].code;
  }

  return {
    name: 'bundled-packages',
    resolveImport: ({ source }) => (packages.includes(source) ? `${prefix}${source}.js` : undefined),
    async serve({ path }) {
      const name = packages.find((each) => path === `${prefix}${each}.js`);
      if (!name) return undefined;
      const code = bundles.get(name) ?? bundle(name);
      bundles.set(name, code);
      return { body: await code, type: 'js' };
    },
  };
}
