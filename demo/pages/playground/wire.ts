/** One request of the element, as it went over the wire. */
export interface WireEntry {
  readonly id: number;
  readonly method: string;
  /** Path and query, as the element asked. */
  readonly url: string;
  /** Absent as long as there is no answer. */
  readonly status?: number;
  /** Why there never was an answer. */
  readonly error?: string;
  /** Milliseconds until the whole answer was there. */
  readonly time?: number;
  /** Bytes of the body, unpacked. */
  readonly bytes?: number;
  /** The ETag that was sent along. */
  readonly known?: string;
  /** The ETag that came. */
  readonly etag?: string;
}

export interface WireOptions {
  readonly fetch: typeof fetch;
  /** Told of each request twice: when it goes, and when it is answered or has failed. */
  readonly tell: (entry: WireEntry) => void;
  /** Milliseconds of a clock that only goes forwards. */
  readonly now: () => number;
  /** Changes an address on its way out, such as for a fault; what is told is the address before. */
  readonly reroute?: (url: string) => string;
}

const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** A `fetch` that tells of everything it is asked, and otherwise answers as the one it is given. */
export function wiretap({ fetch, tell, now, reroute = (url) => url }: WireOptions): typeof globalThis.fetch {
  let last = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    const known = request.headers.get('if-none-match');
    const entry: WireEntry = {
      id: ++last,
      method: request.method,
      url: pathOf(request.url),
      ...(known === null ? {} : { known }),
    };
    const start = now();
    tell(entry);
    let response: Response;
    let body: ArrayBuffer;
    try {
      const target = reroute(request.url);
      response = await fetch(input instanceof Request ? new Request(target, input) : target, init);
      // Whole, before it is handed on: whoever asked may stop reading, and then nobody knew how much there was.
      body = await response.arrayBuffer();
    } catch (error) {
      tell({ ...entry, time: now() - start, error: request.signal.aborted ? 'given up' : 'no connection' });
      throw error;
    }
    const { status, statusText, headers } = response;
    const etag = headers.get('etag');
    tell({
      ...entry,
      status,
      time: now() - start,
      bytes: body.byteLength,
      ...(etag === null ? {} : { etag }),
    });
    return new Response(NO_BODY.has(status) ? null : body, { status, statusText, headers });
  };
}

/** Answers that have no body, and may not be made with one. */
const NO_BODY = new Set([204, 205, 304]);

const MOST_ENTRIES = 100;

/** The log with one more entry, or with what became of one: newest first, and never more than 100. */
export function logged(log: readonly WireEntry[], entry: WireEntry): readonly WireEntry[] {
  if (log.some(({ id }) => id === entry.id)) return log.map((known) => (known.id === entry.id ? entry : known));
  // What was cleared while it was under way stays cleared.
  if (entry.time !== undefined) return log;
  return [entry, ...log].slice(0, MOST_ENTRIES);
}

/** "1.2 kB", "840 B". */
export function sizeWords(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

/** Whether the service had to send it all again: "ETag sent, unchanged", "ETag received", "no ETag". */
export function validatorWords({ known, etag, status = 0 }: WireEntry): string {
  if (known === undefined) return etag === undefined ? 'no ETag' : 'ETag received';
  if (status === 304) return 'ETag sent, unchanged';
  return status === 200 ? 'ETag sent, changed' : 'ETag sent';
}
