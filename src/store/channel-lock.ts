import { pause } from '../model/clock.js';
import type { Clock } from '../model/index.js';
import { isString } from './cache.js';
import type { Channel, Environment } from './environment.js';

/** How long whoever has it may take to say so, in milliseconds. */
const ANSWERED_WITHIN = 1000;

/** What pages say of a lock: who asks for it, and who gets it not. */
interface Word {
  readonly v: 1;
  readonly ask?: string;
  readonly refused?: string;
}

export interface ChannelLockOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly openChannel: NonNullable<Environment['openChannel']>;
  readonly createId: () => string;
}

/**
 * Does the work where no other page says that it does the same: for pages that have no locks, as over plain http. It is
 * only as good as their word, since a page that is too busy to answer is taken for none. Of two that ask at once one wins.
 * @returns whether it was done; `undefined` where nobody can be asked
 */
export async function whereNobodySays(
  { clock, signal, openChannel, createId }: ChannelLockOptions,
  name: string,
  work: () => Promise<void>,
): Promise<boolean | undefined> {
  const id = createId();
  let isOurs = false;
  let isTaken = false;
  let channel: Channel | undefined;
  const say = (word: Omit<Word, 'v'>) => channel?.post({ v: 1, ...word } satisfies Word);
  try {
    channel = openChannel(name, (message) => {
      const { v, ask, refused } = Object(message) as Partial<Word>;
      if (v !== 1 || isTaken) return;
      if (isString(ask) && (isOurs || id < ask)) say({ refused: ask });
      else if (!isOurs && (isString(ask) || refused === id)) isTaken = true;
    });
    say({ ask: id });
  } catch {
    channel?.close();
    return undefined;
  }
  try {
    await pause(clock, ANSWERED_WITHIN, signal).catch(() => (isTaken = true));
    if (isTaken) return false;
    isOurs = true;
    await work();
    return true;
  } finally {
    channel.close();
  }
}
