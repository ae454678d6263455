import type { Achievement } from '../model/achievement.js';
import { type Clock, systemClock } from '../model/clock.js';
import { type ConformanceCase, Doubtful, type Need, NotTested, Unmet } from './case.js';
import { eventCases } from './event-cases.js';
import { lastCases } from './last-cases.js';
import { listCases } from './list-cases.js';
import { reportCases } from './report-cases.js';
import { NoAnswer, Service } from './service.js';
import { type Target, World } from './world.js';

export const conformanceCases: readonly ConformanceCase[] = [...listCases, ...reportCases, ...eventCases, ...lastCases];

export interface ConformanceOptions {
  /** The URL of the list, as it stands in `src`. */
  readonly url: string;
  readonly fetch: typeof fetch;
  /** Sent as the backend sends it: as `Bearer`, or as it is where it has a space. */
  readonly token?: string | undefined;
  /** Added to the query of the URL. */
  readonly player?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The ids of the cases to run; all of them where it is absent. */
  readonly only?: readonly string[] | undefined;
  /** The achievement whose progress is moved; the one with the longest way to go where it is absent. */
  readonly achievement?: string | undefined;
  /** Reports nothing. */
  readonly readOnly?: boolean | undefined;
  /** Also runs what takes half a minute. */
  readonly slow?: boolean | undefined;
  readonly clock?: Clock | undefined;
  /** Ends the run; what was found until then is given. */
  readonly signal?: AbortSignal | undefined;
  /** By default `crypto.randomUUID`. */
  readonly createId?: (() => string) | undefined;
  /** Called before anything is changed. */
  readonly onTarget?: ((target: Target) => void) | undefined;
  readonly onResult?: ((result: CaseResult) => void) | undefined;
}

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  /** `warned`: no mistake in itself, and perhaps one for this service. */
  readonly outcome: 'passed' | 'warned' | 'failed' | 'skipped';
  /** For `failed` and `warned`, as are the next three. */
  readonly expected?: string;
  readonly came?: string;
  readonly why?: string;
  /** The heading in docs/protocol.md, as it stands in its address. */
  readonly section: string;
  /** Why it was skipped. */
  readonly reason?: string;
}

export interface ConformanceReport {
  readonly url: string;
  /** What was moved, where something was. */
  readonly target?: Target;
  readonly results: readonly CaseResult[];
  readonly counts: Readonly<Record<CaseResult['outcome'], number>>;
  /** It was ended before its end. */
  readonly stopped: boolean;
}

/** The options cannot be used; the message says why. */
export class BadUsage extends Error {
  override readonly name = 'BadUsage';
}

/** What a service that has no such endpoint answers. */
const MISSING = [404, 405, 501];

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function urlOf(text: string, player: string | undefined): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new BadUsage(`${text} is no URL that begins with http: or https:.`);
  if (url.username || url.password) throw new BadUsage('The URL holds a password. Use --token or --header.');
  url.hash = '';
  if (player !== undefined) url.searchParams.set('player', player);
  return url.href;
}

function casesOf(only: readonly string[] | undefined): readonly ConformanceCase[] {
  const unknown = only?.filter((id) => !conformanceCases.some((each) => each.id === id)) ?? [];
  if (unknown.length > 0) throw new BadUsage(`There is no case ${unknown.join(', ')}. --list names them all.`);
  return conformanceCases.filter(({ id }) => !only || only.includes(id));
}

const SMALLEST_STEP = 0.01;

/** The achievement to move: the one that is named, or the one with the longest way to go. */
async function chooseTarget(world: World, wanted: string | undefined, steps: number): Promise<Target | string> {
  let achievements: readonly Achievement[];
  try {
    achievements = await world.achievements();
  } catch (error) {
    if (error instanceof Unmet) return `not all pages could be read: ${error.message}`;
    throw error;
  }
  const made = achievements.flatMap((achievement) => {
    const { id, name, requirements, state, revoked, recurrence } = achievement;
    const [{ current = 0, target = 0, unit } = { unit: 'count' }] = requirements;
    const way = target - current;
    if (wanted !== undefined && id !== wanted) return [];
    const open = (state === 'locked' || state === 'in-progress') && !revoked && recurrence !== 'on-completion';
    if (requirements.length !== 1 || !open || way <= 0) return [];
    // Things are counted whole; of anything else a short way has smaller steps.
    const small = Math.floor((way / (steps + 1)) * 100) / 100;
    const step = unit === 'count' || small >= 1 ? 1 : small;
    return step >= SMALLEST_STEP ? [{ id, name, step, current, target }] : [];
  });
  const [best] = made.sort((a, b) => b.target - b.current - (a.target - a.current));
  if (best) return best;
  if (wanted === undefined) return 'no achievement is open, has numbers and is not done: name one with --achievement';
  throw new BadUsage(`The achievement ${wanted} is not in the list, or is not open, or has no numbers to move.`);
}

/** What is missing, by need, with the reason. */
async function explore(world: World, options: ConformanceOptions, steps: number): Promise<Map<Need, string>> {
  const { service } = world;
  const missing = new Map<Need, string>();
  if (options.token === undefined) missing.set('token', 'no token was given');
  if (!options.slow) missing.set('slow', 'it takes half a minute: --slow');
  try {
    const { cursor } = await world.page();
    if (cursor === undefined) missing.set('pages', 'the list has one page');
  } catch (error) {
    options.signal?.throwIfAborted();
    missing.set('list', `the list could not be read: ${messageOf(error)}`);
    return missing;
  }
  /** Where the answer never comes, the cases tell it. */
  const statusOf = async (ask: () => Promise<number>) => {
    try {
      return await ask();
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof NoAnswer)) throw error;
      return 0;
    }
  };
  const reports = options.readOnly ? 0 : await statusOf(async () => (await service.post([])).status);
  if (options.readOnly) missing.set('reports', '--read-only');
  else if (MISSING.includes(reports)) missing.set('reports', `the service takes no reports (status ${reports})`);
  else {
    const target = await chooseTarget(world, options.achievement, steps);
    if (typeof target === 'string') missing.set('target', target);
    else world.target = target;
  }
  const events = await statusOf(async () => {
    const answer = await service.openEvents();
    if (!('next' in answer)) return answer.status;
    await answer.close();
    return 200;
  });
  if (MISSING.includes(events)) missing.set('events', `the service tells no events (status ${events})`);
  return missing;
}

async function runCase(world: World, each: ConformanceCase, missing: Map<Need, string>): Promise<CaseResult> {
  const { id, title, section, why, needs, steps = 0 } = each;
  const about = { id, title, section };
  const lack = needs.map((need) => missing.get(need)).find((reason) => reason !== undefined);
  if (lack !== undefined) return { ...about, outcome: 'skipped', reason: lack };
  try {
    let before = 0;
    if (steps > 0) {
      before = await world.value();
      const { target, step } = world.moving;
      // Beyond the target other rules hold, and an unlock cannot be taken back.
      if (before + steps * step >= target) {
        throw new NotTested(`the achievement is at ${before} of ${target}: name another with --achievement`);
      }
    }
    await each.run(world, before);
    return { ...about, outcome: 'passed' };
  } catch (error) {
    if (error instanceof NotTested) return { ...about, outcome: 'skipped', reason: error.message };
    if (error instanceof Unmet) {
      const outcome = error instanceof Doubtful ? 'warned' : 'failed';
      return { ...about, outcome, expected: error.expected, came: error.came, why };
    }
    if (error instanceof NoAnswer) {
      return { ...about, outcome: 'failed', expected: 'an answer', came: error.message, why };
    }
    throw error;
  }
}

/**
 * Runs the conformance cases against a service that speaks the JSON protocol.
 * @throws {BadUsage} where the options cannot be used
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { clock = systemClock, headers = {}, token, signal = new AbortController().signal } = options;
  const url = urlOf(options.url, options.player);
  const cases = casesOf(options.only);
  const service = new Service({ url, fetch: options.fetch, clock, signal, headers, token });
  const world = new World(service, options.createId ?? (() => crypto.randomUUID()));
  const results: CaseResult[] = [];
  try {
    const steps = cases.reduce((sum, each) => sum + (each.steps ?? 0), 0);
    const missing = await explore(world, options, steps);
    if (world.target && cases.some(({ needs }) => needs.includes('target'))) options.onTarget?.(world.target);
    for (const each of cases) {
      signal.throwIfAborted();
      const result = await runCase(world, each, missing);
      results.push(result);
      options.onResult?.(result);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  const count = (wanted: CaseResult['outcome']) => results.filter(({ outcome }) => outcome === wanted).length;
  return {
    url,
    ...(world.target && { target: world.target }),
    results,
    counts: { passed: count('passed'), warned: count('warned'), failed: count('failed'), skipped: count('skipped') },
    stopped: signal.aborted,
  };
}
