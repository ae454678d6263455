import type * as z from 'zod/mini';
import type { Backend } from '../model/backend.js';
import { type Loose, normalise, numeric, words } from './normalise.js';
import { type Page, type SourceOptions, pullPages } from './pages.js';
import { either, flag, list, loose, nullish, object, string, stringOrNumber, text } from './schema.js';
import { sourceOf, withQuery } from './source.js';

/** How achievements in the JSON protocol are asked for. */
export type JsonOptions = SourceOptions;

/** A picture: its URL, or an object with it. */
const media = nullish(either(string, object({ url: text, name: text })));

export const rewards = list(
  object({ kind: text, name: text, description: text, value: loose, unit: text, image: text }),
);

/**
 * One achievement in the JSON protocol: the members of the model, of which only `id` and `name` are required. Times are
 * RFC 3339 texts; milliseconds since 1970 are taken too. `null` is absent, and unknown members are left out.
 */
export const achievementSchema = object({
  id: stringOrNumber,
  name: string,
  /** Unique over everything shown; `json:{id}` if absent. */
  key: text,
  description: text,
  lockedDescription: text,
  /** If absent it follows from `unlockedAt` and the progress. */
  state: text,
  secret: flag,
  revoked: flag,
  requirements: list(
    object({ id: loose, current: loose, target: loose, unit: text, participation: text, operation: text }),
  ),
  /** Short for one requirement; `ratio` (0 to 1) alone where there are no numbers. */
  progress: nullish(object({ current: loose, target: loose, ratio: loose, unit: text })),
  startedAt: loose,
  unlockedAt: loose,
  resetsAt: loose,
  window: nullish(object({ startsAt: loose, endsAt: loose })),
  recurrence: text,
  activation: text,
  timesEarned: loose,
  rewards,
  /** Short for a reward of kind `points`. */
  points: loose,
  media: nullish(object({ icon: media, art: media })),
  /** Short for `media.icon`. */
  icon: media,
  rarity: nullish(object({ percent: loose, category: text })),
  type: text,
  participation: text,
  platforms: list(text),
  titles: list(object({ id: loose, name: text, version: loose })),
  campaigns: list(loose),
  apiName: text,
  productId: text,
  serviceConfigId: text,
  estimatedSeconds: loose,
  deepLink: text,
  category: text,
  order: loose,
});

/** One achievement as a server may send it. */
export type JsonAchievement = z.input<typeof achievementSchema>;

/** The longest cursor. */
const LONGEST_CURSOR = 2048;

/** `{achievements, cursor, total}`, or a bare array. */
function readPage(body: unknown, first: string): Page | undefined {
  const { achievements, cursor, total } = Object(body) as Record<string, unknown>;
  const entries = Array.isArray(body) ? body : achievements;
  if (!Array.isArray(entries)) return undefined;
  const next = words(cursor as Loose, LONGEST_CURSOR);
  return { entries, next: next && withQuery(first, 'cursor', next), total: numeric(total as Loose) };
}

/**
 * Achievements in the JSON protocol: `{ achievements, cursor, total }` from a server, or a static file with that or with
 * a bare array. Read-only.
 */
export function json(options: JsonOptions): Backend {
  const source = sourceOf(options.src);
  return {
    id: 'json',
    scope: source.scope,
    pull: async (known, call) => {
      const now = call.clock.now();
      return pullPages(
        {
          options,
          lists: [source.url()],
          schema: achievementSchema,
          page: readPage,
          translate: (raw, place) => normalise(raw, place, 'json', now),
        },
        known,
        call,
      );
    },
  };
}
