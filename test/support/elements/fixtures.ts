import { fixture, html, waitUntil } from '@open-wc/testing';
import type { LitElement } from 'lit';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import type { Achievement, Backend, Fresh, PlayerMemory } from '../../../src/model/index.js';
import type { Environment } from '../../../src/store/environment.js';
import type { Snapshot, Store, StoreListener } from '../../../src/store/store.js';
import { memoryStorage } from '../../../src/store/memory-storage.js';
import { achievement } from '../achievement.js';
import './failures.js';
import { type FakeClock, fakeClock } from '../fake-clock.js';

/** Noon, so that dates are the same in every time zone of the machines that run this. */
export const NOW = Date.UTC(2026, 0, 20, 12);
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export { achievement };

export function achievements(count: number, members: Partial<Achievement> = {}): Achievement[] {
  return Array.from({ length: count }, (_, index) => achievement(String(index), { order: index, ...members }));
}

/** The members of an achievement that is `current` of `target` far. */
export function progress(current: number, target: number): Partial<Achievement> {
  return {
    state: current > 0 ? 'in-progress' : 'locked',
    requirements: [{ id: '0', current, target, unit: 'count' }],
    progress: { current, target, ratio: Math.min(1, current / target), unit: 'count' },
  };
}

type Elements = HTMLElementTagNameMap;

/** Makes an element, puts it into the document, and waits until it and its cards show what they have. */
export async function show<Tag extends keyof Elements>(
  tag: Tag,
  properties: Partial<Elements[Tag]> = {},
  parent?: Element,
): Promise<Elements[Tag]> {
  const element = Object.assign(document.createElement(tag), properties);
  (parent ?? (await room())).append(element);
  await settled(element as unknown as LitElement);
  return element;
}

/** An element to put others into; it is gone after the test. */
export function room(properties: Partial<HTMLElement> = {}): Promise<HTMLElement> {
  return fixture<HTMLElement>(html`<div></div>`).then((element) => Object.assign(element, properties));
}

/** Waits until an element and the cards in it have nothing left to render. */
export async function settled(element: LitElement): Promise<void> {
  await rendered(element);
  const inner = element.shadowRoot?.querySelectorAll<LitElement>('achievement-card, achievement-summary') ?? [];
  await Promise.all([...inner].map(rendered));
}

/** An update may ask for another one, but not for ever. */
async function rendered(element: LitElement): Promise<void> {
  for (let turn = 0; turn < 50; turn++) if (await element.updateComplete) return;
  throw new Error(`<${element.localName}> does not stop rendering`);
}

/** Counts how often an element renders from now on. */
export function countRenders(element: LitElement): { readonly count: number } {
  const updating = element as unknown as { performUpdate(): void };
  const counter = { count: 0 };
  const performUpdate = updating.performUpdate.bind(element);
  updating.performUpdate = () => {
    counter.count += 1;
    performUpdate();
  };
  return counter;
}

/** Waits until something is so; slow machines get their time. */
export const until = (condition: () => unknown, what = condition.toString()) =>
  waitUntil(condition, what, { interval: 10, timeout: 10_000 });

export function cardsOf(list: AchievementList): AchievementCard[] {
  return [...list.renderRoot.querySelectorAll('achievement-card')];
}

/** The card of an achievement, by its id. */
export function cardOf(list: AchievementList, id: string): AchievementCard {
  const found = cardsOf(list).find((card) => card.achievement?.id === id);
  if (!found) throw new Error(`There is no card of ${id}`);
  return found;
}

export const idsOf = (list: AchievementList) => cardsOf(list).map((card) => card.achievement?.id);

/** The first of an element's parts by this name. */
export function part(element: Element, name: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(`[part~="${name}"]`) ?? null;
}

export function parts(element: Element, name: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${name}"]`) ?? [])];
}

/** The words of an element with single spaces; nothing where there is no element. */
export function words(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The words of every part by this name. */
export const partWords = (element: Element, name: string) => parts(element, name).map(words);

/** The small facts below the bar, in their order. */
export const factsOf = (card: AchievementCard) => [...card.renderRoot.querySelectorAll('.fact')].map(words);

export function click(element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) throw new Error('There is nothing to click');
  element.click();
}

export async function openDetails(card: AchievementCard): Promise<HTMLElement> {
  click(part(card, 'details-toggle'));
  await card.updateComplete;
  return part(card, 'details')!;
}

/** The rows of open details as text by their label. */
export function rowsOf(details: Element): Record<string, string> {
  return Object.fromEntries(
    [...details.querySelectorAll('dl > div')].map((row) => [
      words(row.querySelector('dt')),
      words(row.querySelector('dd')),
    ]),
  );
}

type Answer = Fresh | 'unchanged' | Error | Promise<Fresh | 'unchanged'> | readonly Achievement[];

export interface ScriptedBackend extends Backend {
  /** How often it was asked. */
  readonly requests: number;
  /** Answers from now on. */
  answer: Answer;
}

/** A backend that gives one answer, until it gets another one. */
export function scripted(answer: Answer, members: Partial<Backend> = {}): ScriptedBackend {
  let requests = 0;
  return {
    id: 'test',
    scope: 'https://service.example/achievements',
    answer,
    get requests() {
      return requests;
    },
    async pull() {
      requests += 1;
      const given = await this.answer;
      if (given instanceof Error) throw given;
      if (given === 'unchanged' || 'achievements' in given) return given;
      return { achievements: given, validator: { digest: `answer ${requests}` } };
    },
    ...members,
  };
}

export interface FakeStore extends Store {
  snapshot: Snapshot;
  /** What was asked of it, in order. */
  readonly calls: (readonly unknown[])[];
  /** Tells everyone that something is different. */
  tell(patch: Partial<Snapshot>): void;
}

/** A store that shows what it is told, and remembers what a player does. */
export function fakeStore(library: readonly Achievement[], memory: Partial<PlayerMemory> = {}): FakeStore {
  const listeners = new Set<StoreListener>();
  const calls: (readonly unknown[])[] = [];
  const store: FakeStore = {
    backend: scripted(library),
    player: 'ada',
    calls,
    snapshot: {
      library: { achievements: library, fetchedAt: NOW },
      activity: 'idle',
      pending: 0,
      storage: 'memory',
      checkedAt: NOW,
      memory: { pinned: new Set(), choices: {}, ...memory },
    },
    tell(patch) {
      store.snapshot = { ...store.snapshot, ...patch };
      for (const listener of listeners) listener(store.snapshot);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    pin(key, pinned = true) {
      calls.push(['pin', key, pinned]);
      const known = store.snapshot.memory!;
      const others = [...known.pinned].filter((each) => each !== key);
      store.tell({ memory: { ...known, pinned: new Set(pinned ? [...others, key] : others) } });
      return Promise.resolve();
    },
    choose(list, choices) {
      calls.push(['choose', list, choices]);
      return Promise.resolve();
    },
    refresh: () => Promise.resolve(),
    markShown: (keys) => void calls.push(['markShown', keys]),
    report(intent) {
      calls.push(['report', intent]);
      return Promise.resolve({ id: `report ${calls.length}`, storage: 'memory' });
    },
    retryReport(id) {
      calls.push(['retryReport', id]);
      return Promise.resolve(true);
    },
    retryReports() {
      calls.push(['retryReports']);
      return Promise.resolve(0);
    },
    dropReport(id) {
      calls.push(['dropReport', id]);
      return Promise.resolve(true);
    },
    apply: (changes) => void calls.push(['apply', changes]),
    signOut: () => Promise.resolve(0),
    dispose: () => undefined,
  };
  return store;
}

/** A promise to be settled by the test. */
export function deferred<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((keep, refuse) => {
    resolve = keep;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

export interface World {
  readonly clock: FakeClock;
  readonly environment: Partial<Environment>;
  readonly hints: string[];
  readonly page: { visible: boolean; online: boolean; change(): void };
  /** What is still held: timers that wait, and listeners of the page's life. */
  held(): { timers: number; listeners: number };
}

/** A clock, storage and page life under the test's control, which counts what is held. */
export function world(start = NOW): World {
  const clock = fakeClock(start);
  const timers = new Set<number>();
  const listeners = new Set<() => void>();
  const hints: string[] = [];
  const page = {
    visible: true,
    online: true,
    change: () => {
      for (const listener of [...listeners]) listener();
    },
  };
  const counting: FakeClock = {
    now: () => clock.now(),
    advance: (milliseconds) => clock.advance(milliseconds),
    setTimeout(callback, milliseconds) {
      const handle = clock.setTimeout(() => {
        timers.delete(handle);
        callback();
      }, milliseconds);
      timers.add(handle);
      return handle;
    },
    clearTimeout(handle) {
      timers.delete(handle);
      clock.clearTimeout(handle);
    },
  };
  const storage = memoryStorage();
  return {
    clock: counting,
    page,
    hints,
    held: () => ({ timers: timers.size, listeners: listeners.size }),
    environment: {
      clock: counting,
      openStorage: () => storage,
      page: {
        isVisible: () => page.visible,
        isOnline: () => page.online,
        subscribe: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      random: () => 0.5,
      hint: (message) => hints.push(message),
    },
  };
}

const EVENTS = [
  'achievement-unlock',
  'achievement-progress',
  'achievement-reveal',
  'achievement-open',
  'achievement-sync',
  'achievement-problem',
] as const;

/** The events of ours that reach an element, in order. */
export function eventsAt(target: EventTarget, types: readonly string[] = EVENTS): Event[] {
  const events: Event[] = [];
  for (const type of types) target.addEventListener(type, (event) => events.push(event));
  return events;
}

/** The document's texts and words are English, whatever the machine speaks. */
export function speakEnglish(): void {
  document.documentElement.lang = 'en';
}

/** What is written to the console while `work` runs; none of it is shown. */
export async function consoleOf(work: () => unknown): Promise<string[]> {
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const lines: string[] = [];
  const before = methods.map((method) => console[method]);
  for (const method of methods) console[method] = (...parts: unknown[]) => void lines.push(parts.map(String).join(' '));
  try {
    await work();
  } finally {
    methods.forEach((method, index) => (console[method] = before[index]!));
  }
  return lines;
}
