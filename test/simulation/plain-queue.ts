import type { Report, ReportIntent } from '../../src/model/index.js';
import type { Snapshot, StoreOptions } from '../../src/store/store.js';
import type { Client, OutboxRecord } from './world.js';

type Row = Report & { readonly sequence: number };

const KEY = ['plain', 'outbox'];

/** How long it waits after each try, in milliseconds. */
const PAUSE = 5000;

/**
 * The smallest queue that could work, without any of the store's code: to try the simulation itself on. One order keeps
 * every promise of the simplest world; the other one is that of the queues in wide use, which delete a report before they
 * send it.
 */
export function plainQueue(order: 'send, then delete' | 'delete, then send'): (options: StoreOptions) => Client {
  return ({ backend, environment, token }) => {
    const { clock, createId, openStorage } = environment as Required<NonNullable<StoreOptions['environment']>>;
    const storage = openStorage();
    const snapshot: Snapshot = Object.freeze({ activity: 'idle', pending: 0, storage: 'persistent' });
    const rowsOf = (record: unknown) => ((record as OutboxRecord | undefined)?.queued ?? []) as unknown as Row[];
    const remove = (ids: readonly string[], rejected: OutboxRecord['rejected'] = []) =>
      storage.update(KEY, (record) => ({
        queued: rowsOf(record).filter(({ id }) => !ids.includes(id)),
        rejected: [...((record as OutboxRecord).rejected ?? []), ...rejected],
      }));
    let isSending = false;
    let timer: number | undefined;

    async function sendAll(): Promise<void> {
      for (;;) {
        const reports = rowsOf(await storage.get(KEY)).slice(0, backend.pushLimit ?? 50);
        if (reports.length === 0) return;
        const ids = reports.map(({ id }) => id);
        if (order === 'delete, then send') await remove(ids);
        const { signal } = new AbortController();
        const answers = await backend.push!(reports, {
          fetch: environment!.fetch!,
          clock,
          signal,
          ...(token && { token }),
        });
        if (order === 'delete, then send') continue;
        const done = answers.filter(({ outcome }) => outcome !== 'retry').map(({ id }) => id);
        const rejected = new Set(answers.filter(({ outcome }) => outcome === 'rejected').map(({ id }) => id));
        await remove(
          done,
          reports.filter(({ id }) => rejected.has(id)).map((row) => ({ ...row, code: 'rejected' })),
        );
        if (done.length < ids.length) throw new Error('Not all of them');
      }
    }

    async function send(): Promise<void> {
      if (isSending) return;
      isSending = true;
      if (timer !== undefined) clock.clearTimeout(timer);
      await sendAll().catch(() => undefined);
      isSending = false;
      timer = clock.setTimeout(() => void send(), PAUSE);
    }

    return {
      snapshot,
      subscribe() {
        void send();
        return () => undefined;
      },
      refresh: () => Promise.resolve(),
      signOut: () => Promise.resolve(0),
      async report(intent: ReportIntent) {
        const id = createId();
        await storage.update(KEY, (record) => {
          const queued = rowsOf(record);
          const row = { ...intent, id, at: clock.now(), sequence: (queued.at(-1)?.sequence ?? 0) + 1 };
          return { ...(record as OutboxRecord | undefined), queued: [...queued, row] };
        });
        void send();
        return { id, storage: 'persistent' };
      },
    };
  };
}
