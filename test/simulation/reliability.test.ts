import { readFileSync, writeFileSync } from 'node:fs';
import { env } from 'node:process';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plainQueue } from './plain-queue.js';
import { type PlayOptions, play } from './schedule.js';
import { playFrozen, playUntil, scenarios } from './scenarios.js';

// Seconds on a machine that does nothing else; a bound, and not an expectation.
vi.setConfig({ testTimeout: 180_000 });

/** How many schedules: `SCHEDULES=1000000`, or one of them: `SEED=42`. */
const COUNT = Number(env.SCHEDULES ?? 10_000);
const SEED = env.SEED === undefined ? undefined : Number(env.SEED);
/** Where to begin, so that long runs see new ones. */
const FIRST = Number(env.FIRST_SEED ?? 1);

/** Milliseconds; a schedule takes about five. */
const TIME_LIMIT = Math.max(300_000, COUNT * 60);

const regressionsFile = new URL('regressions.json', import.meta.url);
const regressions = JSON.parse(readFileSync(regressionsFile, 'utf8')) as number[];

let current: number | undefined;
const uncaught: string[] = [];
const note = (error: unknown) => void uncaught.push(`seed ${current}: ${String(error)}`);

beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

/** Lets the event loop turn, so that what nobody handled is seen. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Plays these seeds, and says of the first failures what was wrong and how to see them again. */
async function failuresOf(seeds: Iterable<number>, options?: PlayOptions): Promise<{ seed: number; text: string }[]> {
  const failures: { seed: number; text: string }[] = [];
  for (const seed of seeds) {
    current = seed;
    const { violations } = await play(seed, options);
    await turn();
    if (violations.length > 0) failures.push({ seed, text: describeFailure(seed, violations) });
    if (failures.length === 10) break;
  }
  return failures;
}

function describeFailure(seed: number, violations: readonly string[]): string {
  return `${violations.join('\n')}\nAgain: SEED=${seed} npx vitest run test/simulation/reliability.test.ts`;
}

function* range(first: number, count: number): Iterable<number> {
  for (let seed = first; seed < first + count; seed++) yield seed;
}

function describeOne(seed: number): void {
  it(`the schedule ${seed} keeps every promise`, async () => {
    const { violations, world } = await play(seed, { isTraced: true });
    console.log(world.scheduler.trace?.join('\n'));
    expect(violations).toEqual([]);
  });
}

function describeAll(): void {
  describe('whatever happens, in whatever order', () => {
    it('what failed once does not fail again', async () => {
      expect(await failuresOf(regressions)).toEqual([]);
    });

    it(
      `no report is lost, done twice or done out of turn, in ${COUNT.toLocaleString('en')} random schedules`,
      async () => {
        const failures = await failuresOf(range(FIRST, COUNT));
        const news = failures.map(({ seed }) => seed).filter((seed) => !regressions.includes(seed));
        if (news.length > 0 && env.MUTANT === undefined)
          writeFileSync(regressionsFile, `${JSON.stringify([...regressions, ...news])}\n`);
        expect(failures.map(({ text }) => text)).toEqual([]);
        expect(uncaught).toEqual([]);
      },
      TIME_LIMIT,
    );

    describe('the check would see', () => {
      const CONTROLS = 300;

      it('a queue that deletes a report before it sends it: every other schedule loses some', async () => {
        let lost = 0;
        for (const seed of range(1, CONTROLS)) {
          const { violations } = await play(seed, { open: plainQueue('delete, then send') });
          if (violations.some((text) => text.endsWith('lost'))) lost += 1;
        }
        expect(lost).toBeGreaterThan(CONTROLS / 2);
      });

      it('a service that does not know a report again: it does it twice', async () => {
        let doubled = 0;
        for (const seed of range(1, CONTROLS)) {
          const { violations } = await play(seed, { isIdempotent: false });
          if (violations.some((text) => /done \d+ times/.test(text))) doubled += 1;
        }
        expect(doubled).toBeGreaterThan(CONTROLS / 4);
      });
    });
  });

  describe('a tab that ends before its every step', () => {
    it.each(Object.keys(scenarios))('%s: no report is lost, done twice or done out of turn', async (name) => {
      const scenario = scenarios[name]!;
      const victims = /two tabs|freezes/.test(name) ? [undefined, 1, 2] : [undefined];
      const found: string[] = [];
      for (const victim of victims) {
        for (let step = 1, isReached = true; isReached; step++) {
          const played = await playUntil(scenario, step, victim);
          ({ isReached } = played);
          const who = victim === undefined ? 'the tab' : `tab ${victim}`;
          for (const violation of played.violations) found.push(`${who} ends before step ${step}: ${violation}`);
        }
        await turn();
      }
      expect(found).toEqual([]);
    });

    it('or freezes before its every step, for longer than the service remembers: the same', async () => {
      const found: string[] = [];
      for (let step = 1, isReached = true; isReached; step++) {
        const played = await playFrozen(step);
        ({ isReached } = played);
        for (const violation of played.violations) found.push(`it freezes after step ${step}: ${violation}`);
      }
      expect(found).toEqual([]);
    });

    it('is told: the scenarios are long enough', async () => {
      for (const scenario of Object.values(scenarios)) {
        const { isReached } = await playUntil(scenario, 40);
        expect(isReached).toBe(true);
      }
    });
  });
}

if (SEED === undefined) describeAll();
else describeOne(SEED);
