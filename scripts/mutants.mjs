// Whether the tests would notice: breaks the source in each of the ways of test/mutants/mutants.ts, and expects the test
// named there to fail. `node scripts/mutants.mjs`, or with names some of them. Exits with 1 where one is not noticed.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { argv, env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/** @import { ChildProcess } from 'node:child_process' */
/** @import { Mutant } from '../test/mutants/mutants.js' */

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const AT_ONCE = 2;
const LIMIT_MINUTES = 5;
/** Enough for whatever is broken on purpose. */
const SCHEDULES = '1500';

/** @type {{ module: { mutants: readonly Mutant[] } }} */
const { module } = await runnerImport(join(root, 'test/mutants/mutants.ts'), { root, configFile: false });
const names = argv.slice(2);
const chosen = module.mutants.filter(({ name }) => names.length === 0 || names.includes(name));
const results = mkdtempSync(join(tmpdir(), 'mutants-'));
/** @type {Set<ChildProcess>} */
const running = new Set();

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    for (const child of running) child.kill('SIGKILL');
    process.exit(1);
  });
}

/**
 * @param {Pick<Mutant, 'test' | 'grep'>} what
 * @param {string} [mutant]
 * @returns {Promise<{ passed: number, failed: number, text: string }>} of tests; what could not be loaded is neither
 */
function runTest({ test, grep }, mutant) {
  return new Promise((done) => {
    const report = join(results, `${mutant ?? `whole-${test}-${grep}`.replaceAll(/\W/g, '-')}.json`);
    const filter = grep === undefined ? [] : ['-t', grep];
    const child = spawn(
      execPath,
      ['node_modules/vitest/vitest.mjs', 'run', test, ...filter, '--reporter=json', `--outputFile=${report}`],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...env, SCHEDULES, ...(mutant === undefined ? {} : { MUTANT: mutant }) },
      },
    );
    running.add(child);
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.stderr.on('data', (chunk) => (text += chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MINUTES * 60_000);
    child.once('close', () => {
      running.delete(child);
      clearTimeout(timer);
      try {
        const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
        done({ passed: numPassedTests, failed: numFailedTests, text });
      } catch {
        done({ passed: 0, failed: 0, text });
      }
    });
  });
}

/**
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<void>} work
 */
async function forEach(items, work) {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** @type {string[]} */
const problems = [];

for (const { name, file, find, replace } of chosen) {
  const times = readFileSync(join(root, file), 'utf8').split(find).length - 1;
  if (times !== 1) problems.push(`${name}: its text is ${times} times in ${file}, not once`);
  if (find === replace) problems.push(`${name}: nothing is broken`);
}
for (const name of names.filter((each) => !module.mutants.some((mutant) => mutant.name === each))) {
  problems.push(`There is no mutant ${name}`);
}

let caught = 0;
if (problems.length === 0) {
  // A test that fails without being broken, or that is not there, would catch everything.
  const tests = new Map(chosen.map(({ test, grep }) => [JSON.stringify([test, grep]), { test, grep }]));
  await forEach([...tests.values()], async ({ test, grep }) => {
    const { passed, failed, text } = await runTest(grep === undefined ? { test } : { test, grep });
    if (passed === 0 || failed > 0) problems.push(`${test} -t "${grep}" does not pass as it is:\n${text.slice(-2000)}`);
  });
}
if (problems.length === 0) {
  await forEach(chosen, async (mutant) => {
    const { passed, failed, text } = await runTest(mutant, mutant.name);
    const isCaught = failed > 0;
    if (isCaught) caught += 1;
    else problems.push(`${mutant.name}: NOT NOTICED by ${mutant.test} (${passed} passed)\n${text.slice(-2000)}`);
    console.log(`${isCaught ? 'caught' : 'MISSED'}  ${mutant.name}`);
  });
}
if (env['RESULT_FILE']) {
  writeFileSync(env['RESULT_FILE'], JSON.stringify({ passed: caught, failed: problems.length }));
}
rmSync(results, { recursive: true, force: true });
for (const problem of problems) console.error(problem);
console.log(`${caught} of ${chosen.length} broken variants caught`);
process.exit(problems.length > 0 ? 1 : 0);
