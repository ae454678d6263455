import { type KeyValueStorage, REMOVED } from './environment.js';
import { writeJson } from '../model/json.js';

/** Storage that lasts as long as its object: every store gets its own, so that players never share one. */
export function memoryStorage(): KeyValueStorage {
  const entries = new Map<string, readonly [key: readonly string[], value: unknown]>();
  return {
    volatile: true,
    async get(key) {
      return entries.get(writeJson(key))?.[1];
    },
    async update(key, next, { beside } = {}) {
      const name = writeJson(key);
      const value = next(entries.get(name)?.[1], beside && entries.get(writeJson(beside))?.[1]);
      if (value !== undefined) entries.set(name, [key, value]);
    },
    async updateAll(keys, next) {
      const values = next(keys.map((key) => entries.get(writeJson(key))?.[1])) ?? [];
      for (const [index, key] of keys.entries()) {
        const value = values[index];
        if (value === REMOVED) entries.delete(writeJson(key));
        else if (value !== undefined) entries.set(writeJson(key), [key, value]);
      }
    },
    async keys() {
      return [...entries.values()].map(([key]) => key);
    },
    async deleteWhere(matches) {
      // All or none: whatever `matches` throws, it throws before the first is gone.
      const doomed = [...entries].filter(([, [key]]) => matches(key));
      for (const [name] of doomed) entries.delete(name);
    },
  };
}
