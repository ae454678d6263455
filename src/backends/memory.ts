import type { Achievement } from '../model/achievement.js';
import type { Backend, Report, ReportAnswer } from '../model/backend.js';
import { sumOf } from '../model/numbers.js';
import { isForHostOnly } from '../model/problem.js';
import { aggregateProgress, areMet } from '../model/progress.js';
import { achievementAt } from '../model/state.js';
import { baseUrl } from './base-url.js';
import { digestOf } from '../model/digest.js';
import { readItems } from './items.js';
import type { JsonAchievement } from './json-protocol.js';
import { type ReadContext, readAchievement } from '../model/reader/achievement.js';
import { writeJson } from '../model/json.js';

/** An achievement as the JSON protocol has it, or a canonical one. */
export type MemoryAchievement = Achievement | JsonAchievement;

export interface MemoryOptions {
  readonly achievements?: readonly MemoryAchievement[];
  /** Part of the cache key; give each its own where several are kept on one device. The default is empty. */
  readonly scope?: string;
}

/** A backend whose achievements are given by the page. */
export interface MemoryBackend extends Backend {
  /** Replaces the achievements and tells whoever listens. */
  set(achievements: readonly MemoryAchievement[]): void;
}

/** The achievement as it is after a report; a text is the code why it cannot be. */
function reported(before: Achievement, { set, add, unlock, at }: Report): Achievement | string {
  if (before.state === 'scheduled' || before.state === 'expired') return 'not-open';
  const [first, ...more] = before.requirements;
  let requirements = before.requirements;
  if (!unlock) {
    const to = set ?? sumOf(first?.current ?? 0, add! > 0 ? add! : NaN);
    // One number says nothing of several parts, nor of none.
    if (!first || more.length > 0 || !Number.isFinite(to)) return 'invalid';
    requirements = [{ ...first, current: Math.max(first.current ?? 0, to) }];
  }
  const ratio = aggregateProgress(requirements, 'locked')?.ratio ?? 0;
  const full = unlock || areMet(requirements) || before.state === 'unlocked';
  const state = full ? 'unlocked' : ratio > 0 ? 'in-progress' : before.state;
  const progress = aggregateProgress(requirements, state);
  return {
    ...before,
    state,
    requirements,
    ...(progress ? { progress } : {}),
    ...(full && before.state !== 'unlocked' ? { unlockedAt: at } : {}),
  };
}

const contextAt = (now: number): ReadContext => ({
  form: 'either',
  backend: 'memory',
  base: baseUrl() ?? 'about:blank',
  now,
});

/**
 * Achievements that the page holds itself, for demos, tests and pages that have their own way to the service. They are
 * checked like foreign data when they are pulled. Reports change them, for as long
 * as the page is there, and their ids are remembered as long.
 */
export function memory({ achievements = [], scope = '' }: MemoryOptions = {}): MemoryBackend {
  let present = achievements;
  const listeners = new Set<() => void>();
  const answered = new Map<string, ReportAnswer>();
  const tellAll = () => {
    for (const tell of [...listeners]) tell();
  };
  const answer = (report: Report, now: number): ReportAnswer => {
    const { id, key = report.achievement } = report;
    const earlier = answered.get(id);
    if (earlier) return earlier.outcome === 'rejected' ? earlier : { id, outcome: 'duplicate' };
    const index = present.findIndex((entry) =>
      [entry.key, String(entry.id), `memory:${String(entry.id)}`].some(
        (name) => name === key || name === report.achievement,
      ),
    );
    const entry = present[index];
    const made = readAchievement(entry, { ...contextAt(now), index }, () => undefined);
    const before = typeof made === 'string' ? made : achievementAt(made, now);
    const after = typeof before === 'string' ? 'unknown-achievement' : reported(before, report);
    if (typeof after === 'string') return { id, outcome: 'rejected', code: after };
    present = present.map((other) => (other === entry ? after : other));
    return { id, outcome: 'accepted', achievement: after };
  };
  return {
    id: 'memory',
    scope,
    pull: async (known, { signal, clock }) => {
      signal.throwIfAborted();
      const digest = digestOf(writeJson(present));
      if (known?.digest === digest) return 'unchanged';
      const context = contextAt(clock.now());
      const {
        achievements: read,
        problem,
        unread,
      } = readItems([{ entries: present, base: context.base, list: 0 }], (entry, { index }, tell) =>
        readAchievement(entry, { ...context, index }, tell),
      );
      const isWhole = !problem || isForHostOnly(problem);
      return {
        achievements: read,
        ...(unread > 0 ? { total: read.length + unread, isPart: true as const } : {}),
        ...(problem ? { problem } : {}),
        ...(isWhole ? { validator: { digest } } : {}),
      };
    },
    listen: (changed, { signal }) => {
      const tell = () => changed();
      listeners.add(tell);
      signal.addEventListener('abort', () => listeners.delete(tell));
    },
    push: async (reports, { signal, clock }) => {
      signal.throwIfAborted();
      const before = present;
      const answers = reports.map((report) => {
        const outcome = answer(report, clock.now());
        answered.set(report.id, answered.get(report.id) ?? outcome);
        return outcome;
      });
      if (present !== before) tellAll();
      return answers;
    },
    recall: async (ids) => ids.flatMap((id) => answered.get(id) ?? []),
    set: (next) => {
      present = next;
      tellAll();
    },
  };
}
