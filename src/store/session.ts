import type { Clock } from '../model/index.js';
import { SCHEMA, VERSION, forgetPlayer, isNewer, isRecord, isString } from './cache.js';
import type { KeyValueStorage } from './environment.js';

/** How long to wait for the word that the player was signed out, once the session is gone, in milliseconds. */
const HEARSAY = 500;

const MOST_TRIES = 3;

/** The ids of the sessions that ended by signing out: random, and nothing else of anybody. */
const ENDED = [SCHEMA, '', '', '', '', 'ended'];

/** A page that slept through more sign-outs than these takes its own for data that was cleared. */
const MOST_ENDED = 100;

/** Of what became of a session: `lost` is everything but signing out, such as a browser that cleared its data. */
export type SessionState = 'lasts' | 'ended' | 'lost';

/** A player's time on this device, from the first thing kept until signing out. */
export interface Session {
  /** Storage that keeps nothing more of the player once the session is over, in whichever page it was ended. */
  readonly storage: KeyValueStorage;
  /** Of the session that was joined; absent where none was yet. */
  readonly id: string | undefined;
  /** Joins the session of the player, or begins one. Rejects where the storage fails. */
  begin(): Promise<void>;
  /**
   * Removes what is kept in a session that was begun here and is still there: it may have been begun after the removal,
   * by a page that had not heard of it yet. Rejects where the storage fails.
   * @param signedOut the session that was signed out of, which whoever did so removes
   */
  removeBegun(signedOut?: string): Promise<void>;
  /** What became of the session that was joined. `lasts` where none was. */
  state(): Promise<SessionState>;
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
  /** The player was signed out, in whichever page and by whichever store: nothing begins again by itself. */
  readonly onEnd: () => void;
}

const keyOfSession = (player: string) => [SCHEMA, '', '', player, '', 'session'];

// Whatever version of the code wrote it.
const idOf = (value: unknown) => (isRecord(value) && isString(value.id) ? value.id : undefined);

const endedOf = (value: unknown): readonly string[] =>
  isRecord(value) && Array.isArray(value.ids) ? value.ids.filter(isString) : [];

/**
 * Notes that the session of a player is about to end by signing out. Rejects where the storage fails.
 * @param joined the id of the session, where it is known: it may be gone by the time that the storage gets to it
 */
export function noteSignOut(storage: KeyValueStorage, player: string, joined: string | undefined): Promise<void> {
  const next = (present: unknown, session: unknown) => {
    const id = idOf(session) ?? joined;
    if (id === undefined || isNewer(present)) return undefined;
    return { v: VERSION, ids: [...endedOf(present).filter((each) => each !== id), id].slice(-MOST_ENDED) };
  };
  return storage.update(ENDED, next, { beside: keyOfSession(player) });
}

/**
 * Signing out removes everything of a player, but another page may have an answer on its way. So what is kept of a player
 * has a session with an id of its own, which goes with the rest, and every write checks in its own transaction that it is
 * still there. Where it is gone nothing is written. Whether that was a sign-out says the list of ended sessions, also to a
 * page that hears nothing; one that older code did, its word. If nobody says so, it was the browser that cleared its data,
 * or a person, and a new session begins.
 */
export function createSession(options: SessionOptions): Session {
  const { openStorage, player, createId, clock, isWanted, onLoss, onEnd } = options;
  const key = keyOfSession(player);
  let id: string | undefined;
  let begun: string | undefined;
  let beginning: Promise<void> | undefined;

  async function hasEnded(session: string | undefined): Promise<boolean> {
    if (session === undefined) return false;
    const ended = await openStorage()
      .get(ENDED)
      .catch(() => undefined);
    return endedOf(ended).includes(session);
  }

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
      if (joined !== fresh) return undefined;
      begun = fresh;
      return { v: VERSION, id: fresh };
    });
    id = joined;
  }

  const begin = () =>
    (beginning ??= join().catch((error: unknown) => {
      beginning = undefined;
      throw error;
    }));

  /**
   * Writes as long as the session lasts.
   * @param write one try, which asks inside its transaction whether it may write, with what is kept of the session
   */
  async function guarded(write: (mayWrite: (session: unknown) => boolean) => Promise<void>): Promise<void> {
    for (let tries = 0; tries < MOST_TRIES && isWanted(); tries++) {
      await begin();
      const joined = id;
      let isGone = false;
      await write((session) => {
        // Something else than a session is no sign of anything: signing out leaves nothing.
        isGone = session === undefined || (isRecord(session) && idOf(session) !== id);
        return !isGone && isWanted();
      });
      if (!isGone) return;
      if (!isWanted()) break;
      if (await hasEnded(joined)) {
        onEnd();
        break;
      }
      await new Promise<void>((resolve) => clock.setTimeout(resolve, HEARSAY));
      // Unless another write was first.
      if (id !== joined) continue;
      beginning = undefined;
      onLoss();
    }
    if (isWanted()) throw new DOMException('The data of this player was removed', 'AbortError');
  }

  function updateAll(
    ...[keys, next, updateOptions]: Parameters<NonNullable<KeyValueStorage['updateAll']>>
  ): Promise<void> {
    return guarded(async (mayWrite) =>
      openStorage().updateAll?.(
        [...keys, key],
        (present) => (mayWrite(present.at(-1)) ? next(present.slice(0, -1)) : undefined),
        updateOptions,
      ),
    );
  }

  return {
    get id() {
      return id;
    },
    begin,
    async removeBegun(signedOut) {
      // Whoever signed out of the present session removes it: others may have kept reports in it meanwhile.
      if (begun === undefined || begun === signedOut) return;
      const storage = openStorage();
      if (idOf(await storage.get(key)) === begun) await forgetPlayer(storage, player);
    },
    async state() {
      const joined = id;
      if (joined === undefined || idOf(await openStorage().get(key)) === joined) return 'lasts';
      return (await hasEnded(joined)) ? 'ended' : 'lost';
    },
    storage: {
      get volatile() {
        return openStorage().volatile ?? false;
      },
      get: async (place) => openStorage().get(place),
      update: (place, next, updateOptions) =>
        guarded(async (mayWrite) =>
          openStorage().update(place, (present, session) => (mayWrite(session) ? next(present) : undefined), {
            ...updateOptions,
            beside: key,
          }),
        ),
      get updateAll() {
        return openStorage().updateAll && updateAll;
      },
      get keys() {
        const storage = openStorage();
        return storage.keys && (async () => (await storage.keys?.()) ?? []);
      },
      deleteWhere: async (matches) => openStorage().deleteWhere(matches),
    },
  };
}
