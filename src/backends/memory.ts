import type { Achievement } from '../model/achievement.js';
import type { Backend } from '../model/backend.js';
import { baseUrl } from './base-url.js';
import { digestOf } from './digest.js';
import { readItems } from './items.js';
import { achievementSchema, type JsonAchievement } from './json.js';
import { normalise } from './normalise.js';

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

function isCanonical(entry: MemoryAchievement): entry is Achievement {
  return 'backend' in entry && Array.isArray(entry.requirements) && Array.isArray(entry.rewards);
}

/**
 * Achievements that the page holds itself, for demos, tests and pages that have their own way to the service. They are
 * checked like foreign data when they are pulled; canonical ones are taken as they are. Read-only.
 */
export function memory({ achievements = [], scope = '' }: MemoryOptions = {}): MemoryBackend {
  let present = achievements;
  const listeners = new Set<() => void>();
  return {
    id: 'memory',
    scope,
    pull: async (known, { signal, clock }) => {
      signal.throwIfAborted();
      const digest = digestOf(JSON.stringify(present));
      if (known?.digest === digest) return 'unchanged';
      const now = clock.now();
      const base = baseUrl() ?? 'about:blank';
      const canonical = new Map(present.filter(isCanonical).map((entry) => [entry.key, entry]));
      const items = readItems(
        [{ entries: present, base, list: 0 }],
        achievementSchema,
        (raw, place) => canonical.get(raw.key ?? '') ?? normalise(raw, place, 'memory', now),
      );
      return { ...items, ...(items.problem ? {} : { validator: { digest } }) };
    },
    listen: (changed, { signal }) => {
      const tell = () => changed();
      listeners.add(tell);
      signal.addEventListener('abort', () => listeners.delete(tell));
    },
    set: (next) => {
      present = next;
      for (const tell of [...listeners]) tell();
    },
  };
}
