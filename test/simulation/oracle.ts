import type { Process } from './scheduler.js';
import { type Effect, POISON } from './server.js';
import { type OutboxRecord, type ReportRecord, type Tab, type World, isOfOutbox } from './world.js';

/** Watches the disk, so that the order in which reports were kept is known without asking the code. */
export class Oracle {
  readonly #world: World;
  /** Ids in the order of their sequence numbers. */
  readonly #order = new Map<string, number>();
  /** Dead letters that were there once, with their codes: a person may have dropped them since. */
  readonly #dead = new Map<string, string>();
  /** Whether the device's clock was ever so wrong, or the device away for so long, that an id may count as forgotten. */
  mayBeUncertain = false;
  /** The device's clock was set back: what is shown may be older than the last answer. */
  wasSetBack = false;
  /** Tabs that wait for an answer of the disk that never comes: what they show is as old as that. */
  readonly stuck = new Set<Process>();

  constructor(world: World) {
    this.#world = world;
    world.disk.onChange = (key, value) => {
      if (isOfOutbox(key) && value) this.#note(value);
    };
  }

  #note({ queued = [], rejected = [] }: OutboxRecord): void {
    // What was sent from memory before the disk took it has its place in the order of the service already.
    const news = queued.filter(({ id, sentAt }) => !this.#order.has(id) && sentAt === undefined);
    news.sort((left, right) => left.sequence - right.sequence);
    for (const { id } of news) this.#order.set(id, this.#order.size);
    for (const { id, code } of rejected) this.#dead.set(id, code);
  }

  /**
   * What was promised and is not so. Everything has to be healed and quiet.
   * @param shown a tab that has looked since
   */
  violations(shown?: Tab): string[] {
    const { server, reports, outbox } = this.#world;
    const found: string[] = [];
    const effects = new Map<string, Effect[]>();
    for (const effect of server.effects) {
      const what = `${effect.achievement}: ${effect.what}`;
      const known = effects.get(what);
      if (known) known.push(effect);
      else effects.set(what, [effect]);
    }
    for (const report of reports) {
      const problem = this.#violationOf(report, effects.get(report.what) ?? [], shown);
      if (problem) found.push(`${report.what} of ${report.tab.name} (${report.state}, ${report.id}): ${problem}`);
      effects.delete(report.what);
    }
    for (const what of effects.keys()) found.push(`${what}: nobody reported it`);
    found.push(...this.#disorder());
    const left = outbox?.queued ?? [];
    if (left.length > 0) found.push(`${left.length} reports are still in the outbox`);
    if (shown && !this.stuck.has(shown)) found.push(...this.#untruths(shown));
    return found;
  }

  /** What a tab shows, and is not so. */
  #untruths({ name, store }: Tab): string[] {
    const { pending, library } = store.snapshot;
    const found = pending > 0 ? [`${name} shows ${pending} pending`] : [];
    for (const { id, state, requirements } of (!this.wasSetBack && library?.achievements) || []) {
      const { current, isUnlocked } = this.#world.server.achievements.get(id)!;
      if (requirements[0]?.current === current && (state === 'unlocked') === isUnlocked) continue;
      found.push(`${name} shows ${id} as ${state} at ${requirements[0]?.current}, and not at ${current}`);
    }
    return found;
  }

  #violationOf(report: ReportRecord, effects: readonly Effect[], shown: Tab | undefined): string | undefined {
    const { id, intent, state, storage, isSignedOut, tab } = report;
    const isHarmless = intent.add === undefined;
    const counted = effects.filter(({ isForgotten }) => !(isHarmless && isForgotten));
    if (counted.length > 1) return `done ${counted.length} times`;
    const [effect] = effects;
    // Another tab may wait for a token, or for somebody to look.
    const isHere = tab === shown && !this.stuck.has(tab);
    const isPromised = state === 'kept' && (storage === 'persistent' || isHere);
    if (!isPromised || isSignedOut) return undefined;
    if (effect && effect.id !== id) return `done as ${effect.id}`;
    const code = this.#dead.get(id!) ?? tab.store.snapshot.rejected?.find((each) => each.id === id)?.code;
    if (effect?.outcome === 'rejected' && code === undefined) return 'rejected, and nobody can see it';
    if (effect) return undefined;
    if (code === undefined) return storage === 'persistent' ? 'lost' : 'lost, although its tab is still there';
    if (intent.achievement === POISON) return undefined;
    if (code === 'uncertain' && !isHarmless && this.mayBeUncertain) return undefined;
    return `not done, and rejected as ${code}`;
  }

  /** Effects on one achievement in another order than the reports were kept in. */
  #disorder(): string[] {
    const found: string[] = [];
    const done = new Map<string, { readonly place: number; readonly verb: string }[]>();
    const seen = new Set<string>();
    const excluded = new Set(this.#world.reports.filter(({ isSignedOut }) => isSignedOut).map(({ id }) => id));
    for (const { id, achievement, what } of this.#world.server.effects) {
      const place = this.#order.get(id);
      if (place === undefined || seen.has(id) || excluded.has(id)) continue;
      // It was on its way while the clock went on by months: nobody could know any more, and the others did not wait.
      if (this.mayBeUncertain && this.#dead.get(id) === 'uncertain') continue;
      seen.add(id);
      const verb = what.split(' ')[0]!;
      const before = done.get(achievement) ?? [];
      // What was refused alone lets those go first with which it does the same in any order.
      const mayBeLate = (other: { readonly verb: string }) =>
        this.#world.server.refusedIds.has(id) && other.verb === verb;
      const isLate = before.some((other) => other.place > place && !mayBeLate(other));
      if (isLate) found.push(`${achievement}: ${what} (${id}) was done too late`);
      done.set(achievement, [...before, { place, verb }]);
    }
    return found;
  }
}
