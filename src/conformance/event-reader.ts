import type { Clock } from '../model/clock.js';

/** A block of an event stream; a comment is one too. */
export interface StreamBlock {
  readonly event?: string;
  readonly id?: string;
  readonly data?: string;
  readonly comment?: string;
}

export interface EventReader {
  readonly headers: Headers;
  /** The first block from now on that fits; `undefined` where none came in time or the stream ended. */
  next(fits: (block: StreamBlock) => boolean, milliseconds: number): Promise<StreamBlock | undefined>;
  close(): Promise<void>;
}

/** Reads one block (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation). */
export function parseBlock(text: string): StreamBlock {
  const block: { -readonly [Name in keyof StreamBlock]: string } = {};
  for (const line of text.split('\n')) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line.startsWith(':')) block.comment = value;
    else if (field === 'data') block.data = block.data === undefined ? value : `${block.data}\n${value}`;
    else if (field === 'event' || field === 'id') block[field] = value;
  }
  return block;
}

/** Reads a stream of events as it comes. */
export function readEvents(response: Response, clock: Clock): EventReader {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  const blocks: StreamBlock[] = [];
  let text = '';
  let ended = false;
  let arrived = () => {};

  const read = async () => {
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done) return;
      text = (text + decoder.decode(value, { stream: true })).replace(/\r\n?/g, '\n');
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      blocks.push(...parts.map(parseBlock));
      arrived();
    }
  };
  const end = () => {
    ended = true;
    arrived();
  };
  read().then(end, end);

  return {
    headers: response.headers,
    async next(fits, milliseconds) {
      let late = false;
      const timer = clock.setTimeout(() => {
        late = true;
        arrived();
      }, milliseconds);
      try {
        for (;;) {
          while (blocks.length > 0) {
            const block = blocks.shift();
            if (block && fits(block)) return block;
          }
          if (ended || late) return undefined;
          await new Promise<void>((resolve) => (arrived = resolve));
        }
      } finally {
        clock.clearTimeout(timer);
      }
    },
    close: async () => reader?.cancel().catch(() => undefined),
  };
}
