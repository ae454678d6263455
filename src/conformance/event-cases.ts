import { readItem } from '../backends/items.js';
import { changeSchema } from '../backends/json-protocol.js';
import { type ConformanceCase, NotTested, check } from './case.js';
import type { EventReader, StreamBlock } from './event-reader.js';
import { excerpt } from './service.js';
import { type World, told } from './world.js';

const SECOND = 1000;
/** How soon a change is told. */
const SOON = 5 * SECOND;
const SILENCE = 25 * SECOND;

const isChange = (block: StreamBlock) => block.event === 'change';

async function listening<Value>(
  { service }: World,
  seen: string | undefined,
  use: (events: EventReader) => Promise<Value>,
): Promise<Value> {
  const events = await service.openEvents(seen);
  if (!('next' in events)) {
    check(false, '200 and a stream of events', () => told(events));
    throw new NotTested('there are no events');
  }
  try {
    return await use(events);
  } finally {
    await events.close();
  }
}

/** The change that follows a report. */
async function changeAfterReport(world: World, events: EventReader): Promise<StreamBlock> {
  await world.outcome(world.add());
  const change = await events.next(isChange, SOON);
  check(change !== undefined, `event: change within ${SOON / SECOND} s of an accepted report`, () => 'none');
  return change;
}

export const eventCases: readonly ConformanceCase[] = [
  {
    id: 'events-content-type',
    title: 'Events are sent as text/event-stream, and kept by nobody',
    why: 'Proxies hold back what they do not know to be a stream.',
    section: 'events',
    needs: ['list', 'events'],
    run: (world) =>
      listening(world, undefined, async ({ headers }) => {
        const type = headers.get('content-type') ?? 'no content type';
        check(/^text\/event-stream\b/i.test(type), 'text/event-stream', () => excerpt(type));
        const control = headers.get('cache-control') ?? '';
        check(/\bno-(?:store|cache)\b/i.test(control), 'Cache-Control: no-store', () => excerpt(control) || 'none');
      }),
  },
  {
    id: 'events-change',
    title: 'A change is told as it happens',
    why: 'A player sees an unlock on the second screen when it happens, not with the next poll.',
    section: 'events',
    needs: ['list', 'reports', 'target', 'events'],
    steps: 1,
    run: (world) => listening(world, undefined, async (events) => void (await changeAfterReport(world, events))),
  },
  {
    id: 'events-id',
    title: 'Every change has an id',
    why: 'After a break the page says with it what it saw last.',
    section: 'events',
    needs: ['list', 'reports', 'target', 'events'],
    steps: 1,
    run: (world) =>
      listening(world, undefined, async (events) => {
        const { id } = await changeAfterReport(world, events);
        check(Boolean(id), 'id: and a revision', () => 'none');
      }),
  },
  {
    id: 'events-data',
    title: 'The data of a change is what it has to be',
    why: 'It is shown at once, before the next list.',
    section: 'events',
    needs: ['list', 'reports', 'target', 'events'],
    steps: 1,
    run: (world) =>
      listening(world, undefined, async (events) => {
        const { data } = await changeAfterReport(world, events);
        if (data === undefined) throw new NotTested('changes have no data, which they need not');
        let hint: unknown;
        try {
          hint = JSON.parse(data);
        } catch {
          // It is told below.
        }
        check(hint !== undefined, 'data that is JSON', () => excerpt(data));
        const { achievements } = Object(hint) as Record<string, unknown>;
        if (achievements == null) return;
        const made = readItem(hint, changeSchema, () => undefined);
        check(made === undefined, '{ "achievements": [ … ] } as in the list', () => String(made));
      }),
  },
  {
    id: 'events-catch-up',
    title: 'What happened during a break is told at once',
    why: 'A phone that slept would show old progress until something else happens.',
    section: 'events',
    needs: ['list', 'reports', 'target', 'events'],
    steps: 2,
    async run(world) {
      const { id } = await listening(world, undefined, (events) => changeAfterReport(world, events));
      if (!id) throw new NotTested('changes have no id');
      await world.outcome(world.add());
      await listening(world, id, async (events) => {
        const change = await events.next(isChange, SOON);
        check(change !== undefined, 'event: change at once, since something changed after that id', () => 'none');
      });
    },
  },
  {
    id: 'events-quiet',
    title: 'Nothing is told where nothing happened',
    why: 'Each change makes every open page ask for the list.',
    section: 'events',
    needs: ['list', 'reports', 'target', 'events'],
    steps: 1,
    async run(world) {
      const { id } = await listening(world, undefined, (events) => changeAfterReport(world, events));
      if (!id) throw new NotTested('changes have no id');
      await listening(world, id, async (events) => {
        const change = await events.next(isChange, SECOND);
        check(change === undefined, 'silence, since nothing changed after that id', () => 'event: change');
      });
    },
  },
  {
    id: 'events-keep-alive',
    title: 'A line at least every 20 seconds says that the connection lives',
    why: 'Proxies close what is silent, and the page cannot tell silence from a broken line.',
    section: 'events',
    needs: ['list', 'events', 'slow'],
    run: (world) =>
      listening(world, undefined, async (events) => {
        // What comes at the start says nothing.
        await events.next((block) => block.comment !== undefined, SECOND);
        const sign = await events.next(() => true, SILENCE);
        check(sign !== undefined, `a comment within ${SILENCE / SECOND} s`, () => 'silence');
      }),
  },
];
