import type { Achievement } from './achievement.js';

/** What a player chose in the toolbar of a list; what is absent is as the list itself says. */
export interface ViewChoices {
  readonly sort?: string;
  readonly filter?: string;
  readonly groupBy?: string;
  readonly layout?: string;
  /** Names of the groups that are closed. */
  readonly collapsed?: readonly string[];
}

/** What was there at one moment, as keys of achievements. */
export interface VisitState {
  /** In epoch milliseconds. */
  readonly at: number;
  readonly known: ReadonlySet<string>;
  /** Those of them that were unlocked, without revoked ones. */
  readonly unlocked: ReadonlySet<string>;
}

/** What a list knows of its player beside the achievements. */
export interface PlayerMemory {
  /** Keys of the achievements that the player pinned, in the order of pinning. */
  readonly pinned: ReadonlySet<string>;
  /** What was there at the end of the last visit; absent at the first one. */
  readonly lastVisit?: VisitState;
  /** What was chosen in a list's toolbar, by the list's name. */
  readonly choices: Readonly<Record<string, ViewChoices>>;
}

/** Whether an achievement was not there at the last visit; at the first one nothing is new. */
export function isNewlyAdded({ key }: Achievement, { lastVisit }: PlayerMemory): boolean {
  return lastVisit !== undefined && !lastVisit.known.has(key);
}
