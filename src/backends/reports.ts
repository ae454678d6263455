import { dropAbsent } from '../model/absent.js';
import type { Report, ReportAnswer, ReportIntent } from '../model/backend.js';

/** What of a report goes to a service. */
export interface SentReport {
  readonly id: string;
  readonly achievement: string;
  readonly set?: number;
  readonly add?: number;
  readonly unlock?: true;
  /** RFC 3339. */
  readonly at: string;
}

/** The achievement's id, also where its key was given: the service does not know our keys. */
export function idIn({ achievement }: ReportIntent, backend: string): string {
  return achievement.startsWith(`${backend}:`) ? achievement.slice(backend.length + 1) : achievement;
}

/** A report in the words of the JSON protocol. */
export function sentReport(report: Report, backend: string): SentReport {
  const { id, set, add, unlock, at } = report;
  return dropAbsent({ id, achievement: idIn(report, backend), set, add, unlock, at: new Date(at).toISOString() });
}

/** The same in parts of at most `size`, in order. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/**
 * Sends one after the other and collects the answers. A failure after some were answered gives those: the others are
 * asked again anyway.
 * @throws the failure where nothing was answered, and the reason of `signal` once that is aborted
 */
export async function inOrder<Item>(
  items: readonly Item[],
  signal: AbortSignal,
  answer: (item: Item) => Promise<readonly ReportAnswer[]>,
): Promise<readonly ReportAnswer[]> {
  const answers: ReportAnswer[] = [];
  for (const item of items) {
    try {
      answers.push(...(await answer(item)));
    } catch (error) {
      signal.throwIfAborted();
      if (answers.length === 0) throw error;
      break;
    }
  }
  return answers;
}
