// What the package weighs: the files for script tags, and each entry's own code. Fails when one of the files is over its
// budget.

import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';
import { exportedFiles } from './package-exports.mjs';

/** @import { Rolldown } from 'vite' */

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
// Lit, zod/mini, TanStack Virtual and idb-keyval are about 14 kB of the first. Its aim is 32,000, which is not met; this
// keeps it from growing unseen. The second is what games and streams need beside it.
const budgets = { 'dist/cdn/achievement-elements.js': 81_500, 'dist/cdn/achievement-overlay.js': 18_700 };

/** @param {string} code */
function weigh(code) {
  return {
    min: Buffer.byteLength(code),
    gzip: gzipSync(code, { level: 9 }).length,
    brotli: brotliCompressSync(code).length,
  };
}

/**
 * An entry with all of our modules that it imports, and without the packages that it imports.
 * @param {string} file
 */
async function ownCode(file) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      minify: 'oxc',
      modulePreload: false,
      rolldownOptions: {
        input: join(root, file),
        external: /^[^./]/,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  return /** @type {Rolldown.RolldownOutput} */ (result).output[0].code;
}

const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(2)} kB`.padStart(10);

for (const file of Object.keys(budgets)) {
  if (!existsSync(join(root, file))) throw new Error(`There is no ${file}: npm run build makes it`);
}

console.log(`${''.padEnd(38)}${'minified'.padStart(10)}${'gzip'.padStart(10)}${'brotli'.padStart(10)}`);
/**
 * @param {string} label
 * @param {ReturnType<typeof weigh>} weight
 */
const row = (label, { min, gzip, brotli }) =>
  console.log(label.padEnd(38) + kilobytes(min) + kilobytes(gzip) + kilobytes(brotli));

console.log('Files for script tags, with all dependencies:');
for (const [file, budgetBytes] of Object.entries(budgets)) {
  const whole = weigh(readFileSync(join(root, file), 'utf8'));
  row(`  ${relative('dist', file)}`, whole);
  if (whole.brotli <= budgetBytes) continue;
  console.error(`${file} is ${whole.brotli} bytes with brotli; the budget is ${budgetBytes}.`);
  process.exitCode = 1;
}
console.log('Own code, without dependencies:');
for (const { specifier, file } of exportedFiles()) {
  if (file.endsWith('.js') && !(file in budgets)) row(`  ${specifier}`, weigh(await ownCode(file)));
}
