import type { Clock } from '../../src/model/clock.js';
import { SECOND } from './http.js';

/** Proxies close what is silent for longer, and a page knows by it that the line is alive. */
const KEEP_ALIVE = 15 * SECOND;
/** Who does not read is let go: the next connection is told that something changed. */
const MOST_UNREAD = 100;

interface Topic {
  revision: number;
  readonly listeners: Set<(achievements: readonly string[]) => void>;
}

export interface Stream {
  readonly player: string;
  /** What the page saw last, from `Last-Event-ID`. */
  readonly seen: string | null;
  /** Ends the stream when it is aborted. */
  readonly request: Request;
  /** Achievements as in the list, by their ids. */
  readonly describe: (ids: readonly string[]) => readonly unknown[];
}

/** Tells pages that something changed: server-sent events, each player for themselves. */
export function createEvents(clock: Clock) {
  const topics = new Map<string, Topic>();
  // A service that was started anew counts from 0 again, and must not say that nothing changed.
  const started = clock.now().toString(36);

  function topicOf(player: string): Topic {
    const known = topics.get(player) ?? { revision: 0, listeners: new Set() };
    topics.set(player, known);
    return known;
  }

  return {
    /** @param achievements the ids of what changed, none for everything */
    changed(player: string, achievements: readonly string[]): void {
      const topic = topicOf(player);
      topic.revision++;
      for (const listener of [...topic.listeners]) listener(achievements);
    },

    everythingChanged(): void {
      for (const player of topics.keys()) this.changed(player, []);
    },

    /** How many streams are open. */
    get open(): number {
      return [...topics.values()].reduce((sum, { listeners }) => sum + listeners.size, 0);
    },

    stream({ player, seen, request, describe }: Stream): Response {
      const topic = topicOf(player);
      const encoder = new TextEncoder();
      const revision = () => `${started}.${topic.revision}`;
      let stop = () => {};
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          let timer: number | undefined;
          const send = (text: string) => {
            controller.enqueue(encoder.encode(text));
            if ((controller.desiredSize ?? 0) < -MOST_UNREAD) end();
          };
          const change = (achievements: readonly string[]) => {
            const hint = achievements.length > 0 ? { achievements: describe(achievements) } : {};
            send(`event: change\nid: ${revision()}\ndata: ${JSON.stringify(hint)}\n\n`);
          };
          const stayAlive = () => {
            timer = clock.setTimeout(() => {
              stayAlive();
              send(': keep-alive\n\n');
            }, KEEP_ALIVE);
          };
          const end = () => {
            stop();
            controller.close();
          };
          stop = () => {
            if (timer !== undefined) clock.clearTimeout(timer);
            topic.listeners.delete(change);
            request.signal.removeEventListener('abort', end);
          };
          // The id alone tells where this connection began, and is no event.
          send(`: connected\nid: ${revision()}\n\n`);
          if (seen !== null && seen !== revision()) change([]);
          topic.listeners.add(change);
          stayAlive();
          if (request.signal.aborted) end();
          else request.signal.addEventListener('abort', end, { once: true });
        },
        cancel: () => stop(),
      });
      return new Response(body, {
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'no-store',
          // Proxies such as nginx keep back what is short otherwise.
          'x-accel-buffering': 'no',
        },
      });
    },
  };
}
