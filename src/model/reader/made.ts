import type { Achievement } from '../achievement.js';

/** Gives back the object that it is called with, so that a class can add a private member to that. */
class Given {
  constructor(object: object) {
    return object;
  }
}

/**
 * The mark of what this reader has made, which is not read a second time. No copy has it, however it is made. A `WeakSet`
 * would say the same, and makes the collection of garbage twice as slow with thousands in it.
 */
export class Made extends Given {
  readonly #isMade = true;

  static has(value: object): value is Achievement {
    return #isMade in value;
  }
}

/** The achievement with other values of the same kind, which need not be read again. */
export function withValues(achievement: Achievement, values: Partial<Achievement>): Achievement {
  const changed = { ...achievement, ...values };
  if (Made.has(achievement)) new Made(changed);
  return changed;
}
