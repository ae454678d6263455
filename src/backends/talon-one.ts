import type * as z from 'zod/mini';
import type { Achievement } from '../model/achievement.js';
import type { Backend, Call } from '../model/backend.js';
import { ProblemError } from '../model/problem.js';
import { requestJson } from './http.js';
import { type Draft, type Loose, lookUp, normalise, numeric, words } from './normalise.js';
import { type Page, type SourceOptions, pullPages } from './pages.js';
import { list, loose, nullish, object, text } from './schema.js';
import { sourceOf, withQuery } from './source.js';

/** How Talon.One achievements are asked for. */
export interface TalonOneOptions extends SourceOptions {
  /**
   * Whether to ask how often each repeating achievement was completed (`timesEarned`): one more request for each of the
   * first 20, one after the other, at `{src}/{achievementId}`. A count that cannot be read stays absent, and the first
   * failure ends the counting. The default is false.
   */
  readonly history?: boolean;
}

// Shapes A to E and sections named below: reference "Talon.One achievements", after the published specifications and
// SDKs. The same achievement comes with its own names (A, E) or with `achievement…` before them (C, D).

const progressShape = {
  status: text,
  progress: loose,
  startDate: text,
  completionDate: text,
  endDate: text,
};

const item = object({
  ...progressShape,
  id: loose,
  achievementId: loose,
  name: text,
  title: text,
  description: text,
  target: loose,
  campaignId: loose,
  campaignIds: list(loose),
  recurrencePolicy: text,
  achievementRecurrencePolicy: text,
  activationPolicy: text,
  achievementActivationPolicy: text,
  fixedStartDate: text,
  achievementFixedStartDate: text,
  achievementEndDate: text,
  currentProgress: nullish(object(progressShape)),
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

function draftOf(raw: Item): Draft {
  const id = raw.achievementId ?? raw.id;
  // Flat (C, D): status, progress and dates are the player's. Otherwise (A, E) they are the achievement's, and the
  // player's stand in currentProgress; nobody has begun one that comes without (quirk "currentProgress missing").
  const flat = (raw.achievementId ?? raw.progress) != null;
  const player: Partial<Item> = (flat ? raw : raw.currentProgress) ?? { status: 'not_started' };
  let state = lookUp(STATES, player.status) ?? 'unknown';
  const current = player.progress ?? (state === 'locked' ? 0 : undefined);
  // Of the achievement itself: `active` and `scheduled`, and account-level ones may be `expired` (section 1.6).
  if (!flat && state !== 'unlocked' && /^(scheduled|expired)$/i.test(raw.status ?? '')) state = String(raw.status);
  const recurrence = raw.achievementRecurrencePolicy ?? raw.recurrencePolicy;
  return {
    id,
    name: words(raw.title) ?? raw.name,
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
  if (entries !== data) return { entries };
  const query = new URL(first).searchParams;
  const total = numeric(totalResultSize as Loose);
  const read = before + entries.length;
  const start = Number(query.get('skip')) || 0;
  // A page may be shorter than asked for where a proxy or the service caps it; a count or `hasMore` knows better.
  const more =
    typeof hasMore === 'boolean'
      ? hasMore
      : total === undefined
        ? entries.length >= (Number(query.get('pageSize')) || PAGE_SIZE)
        : start + read < total;
  return { entries, total, next: more && entries.length > 0 ? withQuery(first, 'skip', start + read) : undefined };
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
      const { totalResultSize } = Object(answer === 'not-modified' ? undefined : answer.body) as Record<string, Loose>;
      const count = numeric(totalResultSize);
      if (count !== undefined) counts.set(key, count);
    } catch (error) {
      // An extra must not cost the list. Whatever refuses one would refuse the next, so no more are asked for.
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.code !== 'not-found') break;
    }
  }
  return achievements.map((achievement) => {
    const timesEarned = counts.get(achievement.key);
    return timesEarned === undefined ? achievement : { ...achievement, timesEarned };
  });
}

/**
 * Talon.One achievements through a proxy that holds the API key: the key can write everything, so it never belongs in
 * a page. Every shape in which Talon.One gives a customer's achievements is recognised. Read-only.
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
          schema: item,
          page: readPage,
          translate: (raw: Item, place) => normalise(draftOf(raw), place, 'talon-one', now),
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
  };
}
