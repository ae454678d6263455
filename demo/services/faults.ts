import { type Clock, pause } from '../../src/model/clock.js';
import { ConnectionLost, MINUTE, SECOND } from './http.js';

/** What can be made to go wrong between a page and a service. */
export const FAULTS = [
  'offline', // no connection at all
  'slow', // answers after a few seconds
  'hang', // never answers
  'flaky', // every second request breaks
  '401', // the host's key was refused
  '403',
  '404',
  '429', // too many requests, with the service's own body and waiting time
  '500',
  '503',
  'bad-data', // some achievements of the answer are broken
  'bad-envelope', // a web page where JSON was expected, as a captive portal sends it
  'empty', // no achievements where there were some
  'retry', // the JSON service takes no reports now
] as const;
export type Fault = (typeof FAULTS)[number];

export const FAULTY_SERVICES = ['xbox', 'talon-one', 'json'] as const;
export type FaultyService = (typeof FAULTY_SERVICES)[number];

/** How a proxy tells a simulated service which answer to fake. Never accepted from a page. */
export const FAULT_HEADER = 'x-demo-fault';

export function isFault(value: unknown): value is Fault {
  return FAULTS.some((fault) => fault === value);
}

const SLOW = 4 * SECOND;
const FOR_EVER = 60 * MINUTE;

async function wait(milliseconds: number, clock: Clock, signal: AbortSignal): Promise<void> {
  await pause(clock, milliseconds, signal).catch(() => {
    throw new ConnectionLost('The request was given up');
  });
}

/**
 * Plays the faults of the line, which are the same for every service. Those of the service itself are left to it.
 * @param attempt counts the requests to the service, for what breaks now and then
 * @returns a complete answer where the fault is one, else nothing
 */
export async function breakLine(
  fault: Fault | undefined,
  attempt: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Response | undefined> {
  switch (fault) {
    case 'offline':
      throw new ConnectionLost('No connection');
    case 'flaky':
      if (attempt % 2 === 1) throw new ConnectionLost('The connection broke');
      return undefined;
    case 'slow':
      await wait(SLOW, clock, signal);
      return undefined;
    case 'hang':
      await wait(FOR_EVER, clock, signal);
      return undefined;
    case 'bad-envelope':
      return new Response(
        '<!doctype html><title>Sign in to the guest network</title><p>Welcome! Please accept our terms.',
        {
          headers: { 'content-type': 'text/html; charset=utf-8' },
        },
      );
    default:
      return undefined;
  }
}
