import { SCHEMA, VERSION, isReadable, isString } from './cache.js';
import type { KeyValueStorage } from './environment.js';

/** A player's time on this device, from the first thing kept until signing out. */
export interface Session {
  /** Storage that keeps nothing more of the player once the session is over, in whichever page it was ended. */
  readonly storage: KeyValueStorage;
  /** Joins the session of the player, or begins one. Rejects where the storage fails. */
  begin(): Promise<void>;
  /** Whether the session is still the one that was joined. `true` where none was. */
  lasts(): Promise<boolean>;
}

/**
 * Signing out removes everything of a player, but another page may have an answer on its way, or be frozen with one. So
 * the player's data has a session with an id of its own, which goes with the rest, and every write checks in its own
 * transaction that it is still there.
 * @param storage of the device; called where it is needed, and may throw
 * @param onEnd the session was ended elsewhere
 */
export function createSession(
  openStorage: () => KeyValueStorage,
  player: string,
  createId: () => string,
  onEnd: () => void,
): Session {
  const key = [SCHEMA, '', '', player, '', 'session'];
  let id: string | undefined;
  let beginning: Promise<void> | undefined;
  const idOf = (value: unknown) => (isReadable(value) && isString(value.id) ? value.id : undefined);

  async function join(): Promise<void> {
    const storage = openStorage();
    const present = idOf(await storage.get(key));
    if (present !== undefined) {
      id = present;
      return;
    }
    let joined: string | undefined;
    const fresh = createId();
    await storage.update(key, (value) => {
      joined = idOf(value) ?? fresh;
      return joined === fresh ? { v: VERSION, id: fresh } : undefined;
    });
    id = joined;
  }

  const begin = () =>
    (beginning ??= join().catch((error: unknown) => {
      beginning = undefined;
      throw error;
    }));

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
      get: (place) => openStorage().get(place),
      async update(place, next, options) {
        await begin();
        let isOver = false;
        await openStorage().update(
          place,
          (present, session) => {
            isOver = idOf(session) !== id;
            return isOver ? undefined : next(present);
          },
          { ...options, beside: key },
        );
        if (isOver) {
          onEnd();
          throw new DOMException('The player was signed out', 'AbortError');
        }
      },
      deleteWhere: (matches) => openStorage().deleteWhere(matches),
    },
  };
}
