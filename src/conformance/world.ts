import { readItem } from '../backends/items.js';
import { type JsonReportResult, achievementSchema, reportAnswerSchema } from '../backends/json-protocol.js';
import type { Achievement } from '../model/achievement.js';
import { readAchievement } from '../model/reader/achievement.js';
import { numberOf, textOf } from '../model/reader/values.js';
import { NotTested, Unmet, check } from './case.js';
import { type Answer, type Service, excerpt } from './service.js';

export interface Page {
  readonly answer: Answer;
  readonly entries: readonly unknown[];
  readonly cursor: string | undefined;
  readonly total: number | undefined;
}

/** The achievement that the writing cases move. */
export interface Target {
  readonly id: string;
  readonly name: string;
  /** What one step adds. */
  readonly step: number;
  readonly current: number;
  readonly target: number;
}

/** A report as it is sent. */
export interface Sent {
  readonly id: string;
  readonly achievement: string | number;
  readonly at: string;
  readonly [member: string]: unknown;
}

export type Result = JsonReportResult;

const MOST_PAGES = 200;
const MOST_TRIES = 4;
const SECOND = 1000;
/** Numbers may pass through binary fractions. */
const TOLERANCE = 1e-6;

export const same = (a: number, b: number) => Math.abs(a - b) < TOLERANCE * Math.max(1, Math.abs(a));

export const told = (answer: Answer) => `${answer.status} ${excerpt(answer.text)}`.trim();

const idOf = (entry: unknown) => textOf((Object(entry) as Record<string, unknown>)['id'], 2048);

/** The service as the cases see it: its list, the achievement they move, and the reports they send. */
export class World {
  readonly service: Service;
  /** Makes ids of reports. */
  readonly createId: () => string;
  /** What is wrong with the answers to reports so far, by the case that tells it. */
  readonly faults: Record<'complete' | 'well-formed' | 'retry-order', string[]> = {
    complete: [],
    'well-formed': [],
    'retry-order': [],
  };
  /** Ids that the service has said it knows, each with what it did. */
  readonly settled = new Map<string, 'accepted' | 'rejected'>();
  target: Target | undefined;

  constructor(service: Service, createId: () => string) {
    this.service = service;
    this.createId = createId;
  }

  get moving(): Target {
    if (!this.target) throw new NotTested('there is no achievement to move');
    return this.target;
  }

  async page(cursor?: string): Promise<Page> {
    const answer = await this.service.ask(cursor === undefined ? this.service.url : this.service.pageUrl(cursor));
    check(answer.status === 200, 'a page of the list, with status 200', () => told(answer));
    const { body } = answer;
    const { achievements, cursor: next, total } = Object(body) as Record<string, unknown>;
    const entries: unknown = Array.isArray(body) ? body : achievements;
    check(Array.isArray(entries), '{ "achievements": [ … ] }', () => excerpt(answer.text));
    return { answer, entries, cursor: textOf(next, 2048), total: numberOf(total) };
  }

  /** All pages; `between` is called after the first one. */
  async pages(between?: () => Promise<unknown>): Promise<Page[]> {
    const pages: Page[] = [];
    const cursors = new Set<string>();
    for (let cursor: string | undefined; ;) {
      const page = await this.page(cursor);
      pages.push(page);
      if (pages.length === 1) await between?.();
      cursor = page.cursor;
      if (cursor === undefined) return pages;
      const again = cursors.has(cursor) || pages.length === MOST_PAGES;
      check(!again, 'a last page, whose cursor is null', () => `the cursor ${excerpt(String(cursor))} again`);
      cursors.add(cursor);
    }
  }

  async ids(between?: () => Promise<unknown>): Promise<(string | undefined)[]> {
    return (await this.pages(between)).flatMap(({ entries }) => entries.map(idOf));
  }

  /** An entry as an achievement, or why it is none. */
  read(entry: unknown, index = 0): Achievement | string {
    const now = this.service.clock.now();
    const context = { form: 'json', backend: 'json', base: this.service.url, now, index } as const;
    // By the letter of the protocol: what a page forgives is a mistake all the same.
    return readItem(entry, achievementSchema, (raw) => readAchievement(raw, context, () => undefined));
  }

  async achievements(): Promise<Achievement[]> {
    const entries = (await this.pages()).flatMap((page) => page.entries);
    return entries.map((entry, index) => this.read(entry, index)).filter((made) => typeof made !== 'string');
  }

  /** How far the target is. */
  async value(): Promise<number> {
    const { id } = this.moving;
    const found = (await this.achievements()).find((each) => each.id === id);
    if (!found) throw new Unmet(`the achievement ${id} in the list, as it was before`, 'a list without it');
    return found.requirements[0]?.current ?? 0;
  }

  /** Whether the target has moved by so many steps. */
  async expectMoved(before: number, steps: number, because: string): Promise<void> {
    const { id, step } = this.moving;
    const value = await this.value();
    const wanted = before + steps * step;
    check(same(value, wanted), `${id} at ${wanted}, ${because}`, () => `${value}`);
  }

  report(deed: Readonly<Record<string, unknown>>, id = this.createId()): Sent {
    const at = new Date(this.service.clock.now()).toISOString();
    return { id, achievement: this.target?.id ?? 'conformance-unknown', at, ...deed };
  }

  add(steps = 1, id?: string): Sent {
    return this.report({ add: steps * this.moving.step }, id);
  }

  set(value: number, id?: string): Sent {
    return this.report({ set: value }, id);
  }

  /** Reads an answer to reports, and keeps what is wrong with it. */
  results(sent: readonly Sent[], answer: Answer): Result[] {
    check(answer.status === 200, 'status 200, whatever becomes of the single reports', () => told(answer));
    const made = readItem(answer.body, reportAnswerSchema, ({ results }) => results);
    if (typeof made === 'string') {
      this.faults['well-formed'].push(made);
      throw new Unmet('{ "results": [ { "id", "outcome" }, … ] } as in docs/protocol.schema.json', made);
    }
    this.#notice(sent, made);
    for (const { id, outcome } of made) {
      if (outcome === 'rejected') this.settled.set(id, outcome);
      else if (outcome !== 'retry') this.settled.set(id, 'accepted');
    }
    return made;
  }

  /** Sends reports as a page does, again where they are put off; gives the last result of each. */
  async deliver(sent: readonly Sent[]): Promise<Map<string, Result>> {
    const results = new Map<string, Result>();
    let waiting = sent;
    for (let tries = 1; ; tries++) {
      for (const result of this.results(waiting, await this.service.post(waiting))) results.set(result.id, result);
      waiting = waiting.filter(({ id }) => results.get(id)?.outcome === 'retry');
      if (waiting.length === 0 || tries === MOST_TRIES) return results;
      await this.service.wait(SECOND);
    }
  }

  /** Sends one report and says what became of it. */
  async outcome(sent: Sent): Promise<Result> {
    const result = (await this.deliver([sent])).get(sent.id);
    check(result !== undefined, 'a result for the id that was sent', () => 'none');
    return result;
  }

  async expectOutcome(sent: Sent, wanted: Result['outcome'], because: string): Promise<Result> {
    const result = await this.outcome(sent);
    check(result.outcome === wanted, `"${wanted}", ${because}`, () => describeResult(result));
    return result;
  }

  #notice(sent: readonly Sent[], results: readonly Result[]): void {
    const count = (id: string) => results.filter((result) => result.id === id).length;
    for (const id of new Set(sent.map((each) => each.id))) {
      if (count(id) !== 1) this.faults.complete.push(`${count(id)} results for one of ${sent.length} reports`);
    }
    const foreign = results.find(({ id }) => !sent.some((each) => each.id === id));
    if (foreign) this.faults.complete.push(`a result for an id that was not sent: ${excerpt(foreign.id)}`);
    for (const { outcome, code } of results) {
      if ((outcome === 'rejected' || outcome === 'retry') && !code) {
        this.faults['well-formed'].push(`"${outcome}" without a code`);
      }
    }
    const put = new Set<string | number>();
    for (const { id, achievement } of sent) {
      const outcome = results.find((result) => result.id === id)?.outcome;
      if (outcome === 'retry') put.add(achievement);
      else if (outcome === 'accepted' && put.has(achievement)) {
        this.faults['retry-order'].push(`"accepted" after a "retry" of the same achievement`);
      }
    }
  }
}

export const describeResult = ({ outcome, code }: Result) => `"${outcome}"${code ? ` (${excerpt(code)})` : ''}`;
