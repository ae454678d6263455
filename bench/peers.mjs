// The same list written with React alone, which is what a page would have instead.

import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { FEW, MANY } from './large-list.mjs';
import { subjectPage, vanillaStyle } from './pages.mjs';
import { line, median } from './statistics.mjs';
import { Stage } from './world.mjs';

/** @import { Rolldown } from 'vite' */
/** @import { World } from './world.mjs' */

const ROUNDS = 9;
/** No round begins after so many milliseconds: ten thousand cards in the document take a busy machine long. */
const ROUNDS_LIMIT = 60_000;

/** The list with React, in one file as it would be downloaded. */
async function bundleReactList() {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('./in-page/react-list.mjs', import.meta.url)),
        preserveEntrySignatures: 'strict',
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  return /** @type {Rolldown.RolldownOutput} */ (result).output[0].code;
}

const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * @param {World} world
 * @param {Buffer} ourFile
 */
export async function measurePeers(world, ourFile) {
  const bundle = await bundleReactList();
  world.files.set('/in-page/react-list.mjs', ['text/javascript', bundle]);
  world.files.set('/in-page/react.html', [
    'text/html',
    subjectPage('react', '<link rel="stylesheet" href="/vanilla.css">'),
  ]);

  const stages = {
    ours: await Stage.open(world, '/in-page/elements.html'),
    react: await Stage.open(world, '/in-page/react.html'),
  };
  const names = /** @type {const} */ (['ours', 'react']);
  const empty = () => ({
    few: /** @type {number[]} */ ([]),
    many: /** @type {number[]} */ ([]),
    change: /** @type {number[]} */ ([]),
  });
  const times = { ours: empty(), react: empty() };
  const begin = performance.now();
  for (let round = -1; round < ROUNDS && performance.now() - begin < ROUNDS_LIMIT; round++) {
    for (const name of names) {
      const stage = stages[name];
      const few = await stage.show(FEW);
      const many = await stage.show(MANY);
      const change = await stage.page.evaluate(() => window.subject.changeOnce());
      // The first round warms up.
      if (round < 0) continue;
      times[name].few.push(few);
      times[name].many.push(many);
      times[name].change.push(change);
    }
  }
  await stages.ours.close();
  await stages.react.close();

  console.log(`\nAgainst React alone: one component for each card, all in the document, no cache, search, sections,`);
  console.log(`languages, secrets or details; median of ${times.react.many.length}, alternating:`);
  console.log(
    `  ${'achievement-list, brotli'.padEnd(30)} ${kilobytes(brotliCompressSync(ourFile).length)}, everything`,
  );
  const reactSize = brotliCompressSync(bundle).length + brotliCompressSync(vanillaStyle).length;
  console.log(`  ${'React list, brotli'.padEnd(30)} ${kilobytes(reactSize)}, React with its list and style sheet`);
  const labels = { few: `${FEW} painted`, many: `${MANY} painted`, change: `one of ${MANY} changes` };
  for (const what of /** @type {const} */ (['few', 'many', 'change'])) {
    console.log(line(`achievement-list, ${labels[what]}`, times.ours[what]));
    console.log(line(`React list, ${labels[what]}`, times.react[what]));
    console.log(`  ${'ratio'.padEnd(30)} ${(median(times.ours[what]) / median(times.react[what])).toFixed(2)}`);
  }
}
