import { expect } from 'vitest';
import { createDemo } from '../../../demo/services/index.js';
import type { Clock } from '../../../src/model/clock.js';

/** A clock that stands until it is moved; timers fire when it passes them. */
export class StandingClock implements Clock {
  #timers = new Map<number, { at: number; callback: () => void }>();
  #next = 1;

  constructor(public time = Date.UTC(2026, 10, 21, 12)) {}

  now(): number {
    return this.time;
  }

  setTimeout(callback: () => void, milliseconds: number): number {
    this.#timers.set(this.#next, { at: this.time + milliseconds, callback });
    return this.#next++;
  }

  clearTimeout(handle: number): void {
    this.#timers.delete(handle);
  }

  move(milliseconds: number): void {
    this.time += milliseconds;
    for (const [handle, { at, callback }] of [...this.#timers]) {
      if (at > this.time) continue;
      this.#timers.delete(handle);
      callback();
    }
  }

  get waiting(): number {
    return this.#timers.size;
  }
}

export const ORIGIN = 'http://demo.test';

/** A demo on a standing clock, and requests to it as a page makes them. */
export function openDemo() {
  const clock = new StandingClock();
  const demo = createDemo({ clock });
  const ask = async (path: string, init?: RequestInit): Promise<Response> => {
    const answer = await demo.handle(new Request(`${ORIGIN}${path}`, init));
    if (!answer) throw new Error(`Nobody answers ${path}`);
    return answer;
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(path, { method: 'POST', body: JSON.stringify(body), headers });
  return { clock, demo, ask, post };
}

/** The body of an answer; tests say what they expect of it. */
export async function bodyOf<Body>(answer: Response | Promise<Response>): Promise<Body> {
  return (await (await answer).json()) as Body;
}

/** Matches any text or number, in a type that takes part in an expected object. */
export const anyText = expect.any(String) as string;
export const anyNumber = expect.any(Number) as number;
