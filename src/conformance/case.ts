import type { World } from './world.js';

/** What a case cannot do without; where it is missing, the case is skipped with the reason. */
export type Need = 'list' | 'pages' | 'reports' | 'target' | 'events' | 'token' | 'slow';

/** One promise of a service, and how to find out whether it is kept. */
export interface ConformanceCase {
  readonly id: string;
  /** The promise, as a sentence. */
  readonly title: string;
  /** What goes wrong for a player where it is not kept. */
  readonly why: string;
  /** The heading in docs/protocol.md, as it stands in its address. */
  readonly section: string;
  readonly needs: readonly Need[];
  /** How many steps of progress it makes at most. */
  readonly steps?: number;
  /**
   * @param before the progress of the target, where `steps` are made
   * @throws {Unmet} where the promise is not kept
   * @throws {NotTested} where it could not be found out
   */
  run(world: World, before: number): Promise<void>;
}

/** A promise that was not kept. */
export class Unmet extends Error {
  override readonly name: string = 'Unmet';

  constructor(
    readonly expected: string,
    readonly came: string,
  ) {
    super(`expected ${expected}, came ${came}`);
  }
}

/** Something that is no mistake in itself, and may be one for this service. */
export class Doubtful extends Unmet {
  override readonly name = 'Doubtful';
}

/** A case that does not fit this service. */
export class NotTested extends Error {
  override readonly name = 'NotTested';
}

export function check(kept: boolean, expected: string, came: () => string): asserts kept {
  if (!kept) throw new Unmet(expected, came());
}
