// Every test: `npm test`, or some of them: `npm test -- --only unit` (or mutants, chromium, firefox, webkit, pages, chaos).
// Chaos runs where it is asked for (`npm run test:chaos`): on a busy machine a browser may throw away a kept page.
// `npm run test:long` kills, freezes and reports as often as the goals say; `npm test` a part of that.
// With --checks also what is no test: lint, types and size; one that fails counts as one failure.
// The last line is the sum: "N passed, N failed".

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env, execPath, platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { engines, enginesHere, ensureBrowsers, webkitRunsHere } from './browsers.mjs';

/** @import { ChildProcess } from 'node:child_process' */
/** @import { Engine } from './browsers.mjs' */

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {Engine[]} browsers
 * @property {string[]} command a file and its arguments
 * @property {Record<string, string>} [variables]
 * @property {(result: string) => Counts} read
 * @property {number} limitMinutes
 */

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const results = join(root, '.cache/tests');

/** For one step of a long run. */
const LONG_MINUTES = 120;

/** @param {string} name */
const resultFile = (name) => join(results, `${name}.json`);

/**
 * @param {string} name
 * @param {string} config
 * @returns {string[]}
 */
const vitest = (name, config) => [
  'vitest/vitest.mjs',
  'run',
  '--config',
  config,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${resultFile(name)}`,
];

/**
 * A file that could not be loaded has no tests in the report, and is one failure.
 * @param {string} text
 * @returns {Counts}
 */
function readVitest(text) {
  /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */
  const report = JSON.parse(text);
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/** @type {Step[]} */
const steps = [
  {
    name: 'unit',
    browsers: [],
    command: vitest('unit', 'vitest.config.ts'),
    read: readVitest,
    limitMinutes: 15,
  },
  {
    name: 'mutants',
    browsers: [],
    command: ['scripts/mutants.mjs'],
    variables: { RESULT_FILE: resultFile('mutants') },
    read: JSON.parse,
    limitMinutes: 15,
  },
  ...engines.map((engine) => ({
    name: engine,
    browsers: [engine],
    command: ['@web/test-runner/dist/bin.js'],
    variables: { ENGINE: engine },
    read: JSON.parse,
    limitMinutes: 15,
  })),
  {
    name: 'pages',
    browsers: ['chromium'],
    command: vitest('pages', 'vitest.pages.config.ts'),
    read: readVitest,
    limitMinutes: 15,
  },
  {
    name: 'chaos',
    browsers: ['chromium', 'firefox'],
    command: vitest('chaos', 'vitest.chaos.config.ts'),
    read: readVitest,
    limitMinutes: 10,
  },
];

/** @type {ChildProcess | undefined} */
let running;

/**
 * Ends the step that runs, with the processes it started: they are a group of their own.
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
function endRunning(signal = 'SIGTERM') {
  if (!running?.pid || running.exitCode !== null) return;
  try {
    if (platform === 'win32') running.kill(signal);
    else process.kill(-running.pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    endRunning();
    process.exit(1);
  });
}

/**
 * @param {string[]} command
 * @param {{ variables?: Record<string, string>, limitMinutes: number }} options
 * @returns {Promise<boolean>} whether it ended well
 */
function run([program = '', ...args], { variables = {}, limitMinutes }) {
  return new Promise((done) => {
    const child = spawn(execPath, [program, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...env, ...variables },
      detached: platform !== 'win32',
    });
    running = child;
    const timer = setTimeout(() => {
      console.error(`Not finished after ${limitMinutes} minutes: ended.`);
      endRunning();
      setTimeout(() => endRunning('SIGKILL'), 10_000).unref();
    }, limitMinutes * 60_000);
    child.once('error', (error) => {
      console.error(error.message);
      clearTimeout(timer);
      done(false);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      done(code === 0);
    });
  });
}

/** @param {Step} step */
async function runStep({ name, browsers, command: [program = '', ...args], variables = {}, read, limitMinutes }) {
  console.log(`\n=== ${name} ===`);
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0 };
  try {
    ensureBrowsers(browsers);
    const file = program.startsWith('scripts/') ? program : join('node_modules', program);
    const ended = await run([file, ...args], {
      variables: values.long ? { ...variables, LONG: '1' } : variables,
      limitMinutes: values.long ? LONG_MINUTES : limitMinutes,
    });
    counts = read(readFileSync(resultFile(name), 'utf8'));
    const ran = counts.passed + counts.failed;
    if (ran === 0) console.error(`${name}: no test ran`);
    else if (!ended && counts.failed === 0) console.error(`${name}: every test passed, and yet the run failed`);
    if (ran === 0 || (!ended && counts.failed === 0)) counts.failed += 1;
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    counts.failed += 1;
  }
  return counts;
}

/** @type {[name: string, command: string[]][]} */
const checks = [
  ['eslint', ['node_modules/eslint/bin/eslint.js', '.']],
  ['prettier', ['node_modules/prettier/bin/prettier.cjs', '--check', '.']],
  ['knip', ['node_modules/knip/bin/knip.js']],
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['build', ['scripts/build.mjs']],
  ['size', ['scripts/size.mjs']],
];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    checks: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
  },
});
const chosen =
  values.only?.flatMap((names) => names.split(',')) ??
  steps.map((step) => step.name).filter((name) => name !== 'chaos');
const unknown = chosen.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`There is no step ${unknown.join(', ')}; there are ${steps.map((step) => step.name).join(', ')}.`);
  process.exit(2);
}
if (!webkitRunsHere && chosen.includes('webkit')) {
  console.log(`webkit: NOT RUN. WebKitGTK is made for Linux, and nothing else can be driven on ${platform}.`);
}
const planned = steps.filter(
  (step) => chosen.includes(step.name) && !(step.name === 'webkit' && !enginesHere.includes('webkit')),
);

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

/** @type {Counts} */
const sum = { passed: 0, failed: 0 };
/** @type {string[]} */
const lines = [];

for (const [name, command] of checks) {
  if (name !== 'build' && !values.checks) continue;
  console.log(`\n=== ${name} ===`);
  const holds = await run(command, { limitMinutes: 5 });
  if (!holds) sum.failed += 1;
  lines.push(`${name}: ${holds ? 'holds' : 'FAILED'}`);
}
for (const step of planned) {
  const started = Date.now();
  const { passed, failed } = await runStep(step);
  sum.passed += passed;
  sum.failed += failed;
  lines.push(`${step.name}: ${passed} passed, ${failed} failed, ${Math.round((Date.now() - started) / 1000)} s`);
}

console.log(`\n${lines.join('\n')}\n`);
process.exitCode = sum.failed === 0 ? 0 : 1;
console.log(`${sum.passed} passed, ${sum.failed} failed`);
