import type * as z from 'zod/mini';
import {
  array,
  either,
  flag,
  list,
  loose,
  nullish,
  number,
  object,
  string,
  stringOrNumber,
  text,
  word,
  yes,
} from './schema.js';

// The messages of the JSON protocol as schemas: docs/protocol.schema.json is made of them, and the conformance cases
// check answers with them. What a schema cannot say stands in docs/protocol.md.

/** A picture: its URL, or an object with it. */
const media = nullish(either(string, object({ url: text, name: text })));

const rewards = list(object({ kind: text, name: text, description: text, value: loose, unit: text, image: text }));

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

/** One page of the list. */
export const listSchema = object({
  /** Each of them stands for itself: a bad one is left out. */
  achievements: array(nullish(achievementSchema)),
  /** What the next page is asked with; none on the last one. */
  cursor: loose,
  /** How many there are on all pages. */
  total: loose,
});

const reported = {
  /** 1 to 128 visible ASCII characters without a comma. */
  id: string,
  achievement: stringOrNumber,
  /** When it happened, RFC 3339. */
  at: string,
};

/** What a page sends, in the order in which it happened. */
export const reportRequestSchema = object({
  reports: array(
    either(
      object({ ...reported, set: number }),
      object({ ...reported, add: number }),
      object({ ...reported, unlock: yes }),
    ),
  ),
});

/** What became of one report. */
export const reportResultSchema = object({
  id: string,
  outcome: word('accepted', 'duplicate', 'rejected', 'retry'),
  /** Why, for `rejected` and `retry`. */
  code: text,
  /** The whole achievement as it is now. */
  achievement: nullish(achievementSchema),
});

export type JsonReportResult = z.output<typeof reportResultSchema>;

/** What a service answers to reports, and to the question what became of some. */
export const reportAnswerSchema = object({ results: array(reportResultSchema) });

/** What may stand in the `data` of an event. */
export const changeSchema = object({ achievements: list(achievementSchema) });
