import type { Clock } from '../model/index.js';
import { SCHEMA, VERSION, isRecord, isString } from './cache.js';
import type { KeyValueStorage } from './environment.js';

/** How long to wait for the word that the player was signed out, once the session is gone, in milliseconds. */
const HEARSAY = 500;

const MOST_TRIES = 3;

/** A player's time on this device, from the first thing kept until signing out. */
export interface Session {
  /** Storage that keeps nothing more of the player once the session is over, in whichever page it was ended. */
  readonly storage: KeyValueStorage;
  /** Joins the session of the player, or begins one. Rejects where the storage fails. */
  begin(): Promise<void>;
  /** Whether the session is still the one that was joined. `true` where none was. */
  lasts(): Promise<boolean>;
}

export interface SessionOptions {
  /** Gives the device's storage, and may throw. */
  readonly openStorage: () => KeyValueStorage;
  readonly player: string;
  readonly createId: () => string;
  readonly clock: Clock;
  /** Is asked inside each transaction. */
  readonly isWanted: () => boolean;
  /** Another session was begun: what was kept in the one before is gone. */
  readonly onLoss: () => void;
}

/**
 * Signing out removes everything of a player, but another page may have an answer on its way. So what is kept of a player
 * has a session with an id of its own, which goes with the rest, and every write checks in its own transaction that it is
 * still there. Where it is gone nothing is written. If then no page says that the player was signed out, it was the
 * browser that cleared its data, or a person, and a new session begins.
 */
export function createSession(options: SessionOptions): Session {
  const { openStorage, player, createId, clock, isWanted, onLoss } = options;
  const key = [SCHEMA, '', '', player, '', 'session'];
  let id: string | undefined;
  let beginning: Promise<void> | undefined;
  // Whatever version of the code wrote it.
  const idOf = (value: unknown) => (isRecord(value) && isString(value.id) ? value.id : undefined);

  async function join(): Promise<void> {
    const storage = openStorage();
    const present = idOf(await storage.get(key).catch(() => undefined));
    if (present !== undefined) {
      id = present;
      return;
    }
    let joined: string | undefined;
    const fresh = createId();
    await storage.update(key, (value) => {
      joined = idOf(value) ?? (isWanted() ? fresh : undefined);
      return joined === fresh ? { v: VERSION, id: fresh } : undefined;
    });
    id = joined;
  }

  const begin = () =>
    (beginning ??= join().catch((error: unknown) => {
      beginning = undefined;
      throw error;
    }));

  /** One try. Returns whether the session was gone, so that nothing was written. */
  async function write(...[place, next, updateOptions]: Parameters<KeyValueStorage['update']>): Promise<boolean> {
    let isGone = false;
    await openStorage().update(
      place,
      (present, session) => {
        // Something else than a session is no sign of anything: signing out leaves nothing.
        isGone = session === undefined || (isRecord(session) && idOf(session) !== id);
        return isGone || !isWanted() ? undefined : next(present);
      },
      { ...updateOptions, beside: key },
    );
    return isGone;
  }

  return {
    begin,
    async lasts() {
      if (id === undefined) return true;
      return idOf(await openStorage().get(key)) === id;
    },
    storage: {
      get volatile() {
        return openStorage().volatile ?? false;
      },
      get: async (place) => openStorage().get(place),
      async update(...update) {
        for (let tries = 0; tries < MOST_TRIES && isWanted(); tries++) {
          await begin();
          const joined = id;
          if (!(await write(...update))) return;
          if (!isWanted()) break;
          await new Promise<void>((resolve) => clock.setTimeout(resolve, HEARSAY));
          // Unless another write was first.
          if (id !== joined) continue;
          beginning = undefined;
          onLoss();
        }
        if (isWanted()) throw new DOMException('The data of this player was removed', 'AbortError');
      },
      deleteWhere: async (matches) => openStorage().deleteWhere(matches),
    },
  };
}
