import type * as z from 'zod/mini';
import type { Achievement } from '../model/achievement.js';
import { dropAbsent } from '../model/absent.js';
import type { Backend, Call, Report, ReportAnswer } from '../model/backend.js';
import { ProblemError } from '../model/problem.js';
import type { ProgressUpdate } from '../model/progress-update.js';
import { type Draft, readAchievement } from '../model/reader/achievement.js';
import { withValues } from '../model/reader/made.js';
import { lookUp, numberOf, oneOf, readFlag, textOf } from '../model/reader/values.js';
import { parseTime } from '../model/time.js';
import { reaches, settled } from '../model/numbers.js';
import { type JsonAnswer, requestJson } from './http.js';
import { readItem } from './items.js';
import { type Page, type SourceOptions, pullPages } from './pages.js';
import { inOrder, sentReport } from './reports.js';
import { anything, members, object, string } from './schema.js';
import { sourceOf, withQuery } from './source.js';
import { pushedValue } from './updates.js';
import { writeJson } from '../model/json.js';

/** How Talon.One achievements are asked for. */
export interface TalonOneOptions extends SourceOptions {
  /**
   * Whether to ask how often each repeating achievement was completed (`timesEarned`): one more request for each of the
   * first 20, one after the other, at `{src}/{achievementId}`. A count that cannot be read stays absent, and the first
   * failure ends the counting. The default is false.
   */
  readonly history?: boolean;
  /** Where reports go, as custom events that a rule makes progress of. The default is that nothing is reported. */
  readonly report?: {
    /** The URL of your proxy in front of `POST /v2/events?silent=no`. */
    readonly src: string;
    /** The type of the custom event. The default is `achievement_report`. */
    readonly event?: string;
  };
}

// Shapes A to E and sections named below: reference "Talon.One achievements", after the published specifications and
// SDKs. The same achievement comes with its own names (A, E) or with `achievement…` before them (C, D).

const progressShape = {
  status: anything,
  progress: anything,
  startDate: anything,
  completionDate: anything,
  endDate: anything,
};

const item = object({
  ...progressShape,
  id: anything,
  achievementId: anything,
  name: anything,
  title: anything,
  description: anything,
  target: anything,
  campaignId: anything,
  campaignIds: anything,
  recurrencePolicy: anything,
  achievementRecurrencePolicy: anything,
  activationPolicy: anything,
  achievementActivationPolicy: anything,
  fixedStartDate: anything,
  achievementFixedStartDate: anything,
  achievementEndDate: anything,
  currentProgress: members('currentProgress', progressShape),
});
type Item = z.infer<typeof item>;

const STATES: Readonly<Record<string, string>> = {
  completed: 'unlocked',
  inprogress: 'in-progress',
  notstarted: 'locked',
  expired: 'expired',
};
/** What the service gives unasked (section 2.1). */
const PAGE_SIZE = 1000;
const MOST_HISTORIES = 20;
/** How long your proxy has to remember the keys of reports: a day, in milliseconds. */
const REMEMBERED = 86_400_000;

function draftOf(raw: Item): Draft {
  const id = raw.achievementId ?? raw.id;
  // Flat (C, D): status, progress and dates are the player's. Otherwise (A, E) they are the achievement's, and the
  // player's stand in currentProgress; nobody has begun one that comes without (quirk "currentProgress missing").
  const flat = (raw.achievementId ?? raw.progress) != null;
  const player: Partial<Item> = (flat ? raw : raw.currentProgress) ?? { status: 'not_started' };
  let state = lookUp(STATES, player.status) ?? 'unknown';
  const current = player.progress ?? (state === 'locked' ? 0 : undefined);
  // Of the achievement itself: `active` and `scheduled`, and account-level ones may be `expired` (section 1.6).
  if (!flat && state !== 'unlocked') state = oneOf(raw.status, ['scheduled', 'expired']) ?? state;
  const recurrence = raw.achievementRecurrencePolicy ?? raw.recurrencePolicy;
  return {
    id,
    name: textOf(raw.title) ?? raw.name,
    description: raw.description,
    state,
    progress: { current, target: raw.target },
    startedAt: player.startDate,
    unlockedAt: player.completionDate,
    // The two end dates: of the player's period, and of the achievement for everybody.
    resetsAt: player.endDate,
    window: {
      startsAt: raw.achievementFixedStartDate ?? raw.fixedStartDate,
      endsAt: raw.achievementEndDate ?? (flat ? undefined : raw.endDate),
    },
    recurrence: recurrence === 'no_recurrence' ? 'none' : recurrence,
    activation: raw.achievementActivationPolicy ?? raw.activationPolicy,
    campaigns: raw.campaignIds ?? [raw.campaignId],
    apiName: raw.name,
  };
}

/** `{totalResultSize, data}`, `{hasMore, data}`, `{achievements}` beside other things, and a bare array. */
function readPage(body: unknown, first: string, before: number): Page | undefined {
  const { data, achievements, totalResultSize, hasMore } = Object(body) as Record<string, unknown>;
  const entries = Array.isArray(body) ? body : (data ?? achievements);
  if (!Array.isArray(entries)) return undefined;
  const total = numberOf(totalResultSize);
  const query = new URL(first).searchParams;
  const start = Number(query.get('skip')) || 0;
  const read = before + entries.length;
  // The other forms have no pages, and after an empty one the next would be the same.
  const isEnd = entries !== data || entries.length === 0;
  const page = {
    entries,
    // The service counts what the page did not ask for too.
    total: total && total - start,
    brokenNext: isEnd && hasMore === true ? 'the answer says "hasMore", but has no pages or is empty' : undefined,
  };
  // A page may be shorter than asked for where a proxy or the service caps it; a count or `hasMore` knows better.
  const more =
    typeof hasMore === 'boolean'
      ? hasMore
      : total === undefined
        ? entries.length >= (Number(query.get('pageSize')) || PAGE_SIZE)
        : start + read < total;
  return { ...page, next: more && !isEnd ? withQuery(first, 'skip', start + read) : undefined };
}

/**
 * Whether a 404 says that there is no such profile yet. The body has to be Talon.One's own (`message`); web servers and
 * gateways that know no such path also send one, but with `error` beside it or with nothing but these words.
 */
function saysNoProfile(body: unknown): boolean {
  const { message, error } = Object(body) as Record<string, unknown>;
  return typeof message === 'string' && error === undefined && !/^(not found|cannot get)/i.test(message);
}

async function countCompletions(
  achievements: readonly Achievement[],
  src: string,
  options: TalonOneOptions,
  call: Call,
): Promise<readonly Achievement[]> {
  const repeating = achievements.filter(({ recurrence }) => recurrence && recurrence !== 'none');
  const counts = new Map<string, number>();
  for (const { key, id } of repeating.slice(0, MOST_HISTORIES)) {
    const url = `${src.split('?')[0]}/${encodeURIComponent(id)}?progressStatus=completed&pageSize=1`;
    try {
      const answer = await requestJson({ ...options, url }, call);
      const { totalResultSize } = Object(answer === 'not-modified' ? undefined : answer.body) as Record<
        string,
        unknown
      >;
      const count = numberOf(totalResultSize);
      if (count !== undefined) counts.set(key, count);
    } catch (error) {
      // An extra must not cost the list. Whatever refuses one would refuse the next, so no more are asked for.
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.code !== 'not-found') break;
    }
  }
  return achievements.map((achievement) => {
    const timesEarned = counts.get(achievement.key);
    return timesEarned === undefined ? achievement : withValues(achievement, { timesEarned });
  });
}

const effect = object({
  effectType: string,
  props: object({
    achievementId: anything,
    achievementName: anything,
    progressTrackerId: anything,
    target: anything,
    value: anything,
    delta: anything,
    currentProgress: anything,
    decreaseProgressBy: anything,
    isJustCompleted: anything,
    startDate: anything,
    endDate: anything,
  }),
});

const EFFECTS = [
  'startAchievementProgress',
  'increaseAchievementProgress',
  'rollbackIncreasedAchievementProgress',
] as const;

/** What an effect says of an achievement. */
interface EffectReading {
  readonly update: ProgressUpdate;
  /** Of which iteration; absent in older versions. */
  readonly iteration: number | undefined;
  readonly isStart: boolean;
  readonly isDone: boolean;
  /** The progress before and after. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Reads an effect; a text says why it says nothing of an achievement (section 2.7). */
function readEffect({ effectType, props }: z.infer<typeof effect>): EffectReading | string {
  const kind = oneOf(effectType, EFFECTS);
  const id = textOf(props.achievementId);
  const achievement = id ? `talon-one:${id}` : textOf(props.achievementName);
  const isStart = kind === 'startAchievementProgress';
  const isIncrease = kind === 'increaseAchievementProgress';
  // The names of the numbers differ.
  const after = isStart ? 0 : numberOf(isIncrease ? props.value : props.currentProgress);
  const change = isIncrease ? numberOf(props.delta) : -(numberOf(props.decreaseProgressBy) ?? NaN);
  const isJustCompleted = readFlag(props.isJustCompleted, 'isJustCompleted', () => undefined);
  if (!kind || !achievement || (after === undefined && !isJustCompleted)) return 'no progress of an achievement';
  const target = numberOf(props.target);
  const isDone = isJustCompleted || (target !== undefined && target > 0 && reaches(after ?? 0, target));
  const update = dropAbsent({
    achievement,
    state: isDone ? ('unlocked' as const) : ('in-progress' as const),
    requirements: after === undefined ? undefined : [dropAbsent({ current: after, target })],
    startedAt: isStart ? parseTime(props.startDate) : undefined,
    resetsAt: isStart ? parseTime(props.endDate) : undefined,
  });
  const before = after === undefined || change === undefined || Number.isNaN(change) ? undefined : after - change;
  return { update, iteration: numberOf(props.progressTrackerId), isStart, isDone, before, after };
}

/** A step from one number to the next. */
type Step = EffectReading & { readonly before: number; readonly after: number };

const isStep = (effect: EffectReading): effect is Step => effect.before !== undefined && effect.after !== undefined;

/**
 * Steps in the order in which they happened: each begins where the one before it ended. A number may be there more than
 * once, since what was counted is also taken back, so that the way is one over all steps (Hierholzer), and not the next
 * best one. The smallest come first, so that the order in which they came makes no difference.
 */
function asOneWay(steps: readonly Step[]): readonly EffectReading[] {
  const sorted = [...steps].sort((left, right) => right.before - left.before || right.after - left.after);
  const leaving = new Map<number, Step[]>();
  const balance = new Map<number, number>();
  for (const step of sorted) {
    const [from, to] = [settled(step.before), settled(step.after)];
    const others = leaving.get(from);
    if (others) others.push(step);
    else leaving.set(from, [step]);
    balance.set(from, (balance.get(from) ?? 0) + 1);
    balance.set(to, (balance.get(to) ?? 0) - 1);
  }
  const numbers = [...leaving.keys()].reverse();
  const way: EffectReading[] = [];
  // It begins where more steps leave than arrive; a circle begins at its smallest number.
  for (const first of [...numbers.filter((number) => (balance.get(number) ?? 0) > 0), ...numbers]) {
    const open: { readonly number: number; readonly by?: Step }[] = [{ number: first }];
    const done: Step[] = [];
    for (let last = open.at(-1); last; last = open.at(-1)) {
      const step = leaving.get(last.number)?.pop();
      if (step) open.push({ number: settled(step.after), by: step });
      else if (open.pop()?.by) done.push(last.by!);
    }
    way.push(...done.reverse());
  }
  return way;
}

/** The effects on one iteration in the order in which they happened. What says no step comes last, as it came. */
function inTurn(effects: readonly EffectReading[]): readonly EffectReading[] {
  const starts = effects.filter(({ isStart }) => isStart);
  const rest = effects.filter(({ isStart }) => !isStart);
  return [...starts, ...asOneWay(rest.filter(isStep)), ...rest.filter((each) => !isStep(each))];
}

/**
 * The effects on one achievement in the order in which they happened, whichever they came in: one iteration after the
 * other, the completed ones first.
 */
function inOrderOfTime(effects: readonly EffectReading[]): readonly EffectReading[] {
  // Without its iteration nobody knows whether a start comes before a completion or after it.
  const isKnown = effects.every(({ iteration }) => iteration !== undefined);
  if (!isKnown && effects.some(({ isDone }) => isDone)) return effects;
  const iterations = new Map<number | undefined, EffectReading[]>();
  for (const each of effects) {
    const key = isKnown ? each.iteration : undefined;
    iterations.set(key, [...(iterations.get(key) ?? []), each]);
  }
  const isOver = (members: readonly EffectReading[]) => Number(members.some(({ isDone }) => isDone));
  return [...iterations]
    .sort(([left = 0, ours], [right = 0, theirs]) => isOver(theirs) - isOver(ours) || left - right)
    .flatMap(([, members]) => inTurn(members));
}

/**
 * Updates of Talon.One's effects: an array of them, any answer that holds them as `effects`, or the text of either. What
 * happened to one achievement is told in the order in which it happened, so that of one that was completed and began again
 * at once both are told: first that it is unlocked, then the new iteration. Other effects, and what cannot be read, are
 * left out.
 * @returns `undefined` for anything else
 */
export function talonOneEffects(effects: unknown): readonly ProgressUpdate[] | undefined {
  const value = pushedValue(effects);
  const entries: unknown = Array.isArray(value) ? value : (Object(value) as Record<string, unknown>)['effects'];
  if (!Array.isArray(entries)) return undefined;
  const isEffect = (entry: unknown) => typeof (Object(entry) as Record<string, unknown>)['effectType'] === 'string';
  if (entries.length > 0 && !entries.some(isEffect)) return undefined;
  const byAchievement = new Map<string, EffectReading[]>();
  for (const entry of entries) {
    const reading = readItem(entry, effect, readEffect);
    if (typeof reading === 'string') continue;
    const { achievement } = reading.update;
    byAchievement.set(achievement, [...(byAchievement.get(achievement) ?? []), reading]);
  }
  return [...byAchievement.values()].flatMap((readings) => inOrderOfTime(readings).map(({ update }) => update));
}

type Reporting = NonNullable<TalonOneOptions['report']>;

function reporting(
  options: TalonOneOptions,
  { src, event = 'achievement_report' }: Reporting,
): Pick<Backend, 'reportScope' | 'pushLimit' | 'remembersFor' | 'push'> {
  const target = sourceOf(src);
  const send = async (report: Report, call: Call): Promise<readonly ReportAnswer[]> => {
    const { id, ...attributes } = sentReport(report, 'talon-one');
    let rejected: Pick<ReportAnswer, 'code' | 'status'> | undefined;
    const answer = (await requestJson(
      {
        ...options,
        url: target.url(),
        // A text of HTTP's structured fields (RFC 9651).
        fixedHeaders: { 'Idempotency-Key': writeJson(id) },
        body: {
          ...(call.player ? { profileId: call.player } : {}),
          type: event,
          attributes: { reportId: id, ...attributes },
        },
        // The silent answer, 204, is one too.
        mayBeEmpty: true,
        instead: (status, _body, says) => {
          if (status !== 400 && status !== 422) return undefined;
          rejected = { code: says || 'invalid', status };
          return null;
        },
      },
      call,
    )) as JsonAnswer;
    if (rejected !== undefined) return [{ id, outcome: 'rejected', ...rejected }];
    const updates = talonOneEffects(answer.body);
    return [{ id, outcome: 'accepted', ...(updates?.length ? { updates } : {}) }];
  };
  return {
    reportScope: target.scope,
    pushLimit: 10,
    remembersFor: REMEMBERED,
    // One after the other: the service takes three at once for one customer, and the order counts.
    push: (reports, call) => inOrder(reports, call.signal, (report) => send(report, call)),
  };
}

/**
 * Talon.One achievements through a proxy that holds the API key: the key can write everything, so it never belongs in
 * a page. Every shape in which Talon.One gives a customer's achievements is recognised. With the option `report` each
 * report becomes a custom event, of which a rule makes progress.
 *
 * A customer whom Talon.One does not know yet has an empty library: a 404 with Talon.One's own error body counts as
 * that, unless the caller holds an answer from before, since customers do not become unknown. Any other 404 is a
 * problem `not-found`. Scheduled achievements come only if `src` asks for them (`achievementStatus=active,scheduled`).
 */
export function talonOne(options: TalonOneOptions): Backend {
  const source = sourceOf(options.src);
  return {
    id: 'talon-one',
    scope: options.history ? `${source.scope} history` : source.scope,
    pull: async (known, call) => {
      const now = call.clock.now();
      const src = source.url();
      let unknownProfile = false;
      const answer = await pullPages(
        {
          options,
          lists: [src],
          page: readPage,
          read: (entry, place, tell) =>
            readItem(
              entry,
              item,
              (raw) => readAchievement(draftOf(raw), { ...place, form: 'json', backend: 'talon-one', now }, tell),
              tell,
            ),
          instead: (status, body) => {
            unknownProfile = status === 404 && !known && saysNoProfile(body);
            return unknownProfile ? [] : undefined;
          },
          ...(options.history
            ? { complete: (achievements) => countCompletions(achievements, src, options, call) }
            : {}),
        },
        known,
        call,
      );
      return unknownProfile ? { achievements: [] } : answer;
    },
    translate: talonOneEffects,
    ...(options.report ? reporting(options, options.report) : {}),
  };
}
