import type { Handler } from '../../../demo/services/http.js';
import { createJsonService } from '../../../demo/services/json-service.js';
import { type ConformanceOptions, runConformance } from '../../../src/conformance/run.js';
import { StandingClock } from '../demo/support.js';

/** A clock that goes on to its next timer as soon as nothing else happens. */
export class HastyClock extends StandingClock {
  #due: number[] = [];
  #running = false;

  override setTimeout(callback: () => void, milliseconds: number): number {
    this.#due.push(this.time + milliseconds);
    const handle = super.setTimeout(callback, milliseconds);
    if (!this.#running) void this.#run();
    return handle;
  }

  async #run(): Promise<void> {
    this.#running = true;
    // Whatever is answered in this process is answered within a few turns; only what waits is still there then.
    for (let turn = 0; this.waiting > 0; turn++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (turn % 100 < 99) continue;
      this.#due = this.#due.filter((due) => due > this.time).sort((a, b) => a - b);
      this.move((this.#due[0] ?? this.time) - this.time);
    }
    this.#running = false;
  }
}

export const SERVICE = 'http://service.test/achievements';
export const TOKEN = 'secret-of-the-host';

/** The demo's JSON service as somebody runs it: with a token and for pages of one other origin. */
export function goodService(clock: StandingClock): Handler {
  const service = createJsonService({ clock, allowedOrigins: ['http://game.example'] });
  return async (request) => {
    if (request.method !== 'OPTIONS' && request.headers.get('authorization') !== `Bearer ${TOKEN}`) {
      return new Response('{"message":"Sign in again."}', {
        status: 401,
        headers: { 'content-type': 'application/json', 'www-authenticate': 'Bearer' },
      });
    }
    return service.handle(request);
  };
}

export type Options = Partial<ConformanceOptions>;

/** Runs the cases against a service in this process. */
export async function runAgainst(breaking: (good: Handler) => Handler, options: Options = {}) {
  const clock = new HastyClock();
  const handle = breaking(goodService(clock));
  const fetch: typeof globalThis.fetch = (input, init) => handle(new Request(input, init));
  const report = await runConformance({ url: SERVICE, fetch, token: TOKEN, clock, slow: true, ...options });
  return { ...report, clock, named: (outcome: string) => namesOf(report.results, outcome) };
}

function namesOf(results: readonly { id: string; outcome: string }[], outcome: string): string[] {
  return results.filter((result) => result.outcome === outcome).map(({ id }) => id);
}
