import type * as z from 'zod/mini';
import { achievementSchema } from './json.js';
import {
  array,
  either,
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

export { achievementSchema };

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
