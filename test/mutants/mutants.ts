/** A broken variant of this project, and the test that has to fail on it. */
export interface Mutant {
  readonly name: string;
  /** From the root of the project. */
  readonly file: string;
  /** A part of that file, which is there exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The test file. */
  readonly test: string;
  /** Of the titles that are enough, as vitest's `-t`. */
  readonly grep?: string;
}

const RELIABILITY = 'test/simulation/reliability.test.ts';
const TABS = 'test/simulation/tabs.test.ts';
const GAMEPAD = 'test/unit/elements/gamepad-input.test.ts';
const HERD = 'test/simulation/herd.test.ts';
const NUMBERS = 'test/unit/model/numbers.test.ts';

/** Each one is a way in which others have lost reports, doubled them, or brought a service down. */
export const mutants: readonly Mutant[] = [
  {
    name: 'stick-that-trembles',
    file: 'src/elements/gamepad-input.ts',
    find: 'const RELEASE_ZONE = 0.4;',
    replace: 'const RELEASE_ZONE = 0.5;',
    test: GAMEPAD,
  },
  {
    name: 'makes-up-for-missed-frames',
    file: 'src/elements/gamepad-input.ts',
    find: 'repeatsAt = now + NEXT_REPEAT;',
    replace: 'repeatsAt += NEXT_REPEAT;',
    test: GAMEPAD,
  },
  {
    name: 'held-before-is-a-press',
    file: 'src/elements/gamepad-input.ts',
    find: 'held: heldOf(pad), direction: directionOf(pad, undefined), repeatsAt',
    replace: 'held: new Set(), direction: undefined, repeatsAt',
    test: GAMEPAD,
  },
  {
    name: 'delete-then-send',
    file: 'src/store/delivery.ts',
    find: '    let answers: readonly ReportAnswer[];\n',
    replace:
      "    await outbox.settle(batch.map(({ id }) => ({ id, outcome: 'accepted' })), clock.now());\n" +
      '    let answers: readonly ReportAnswer[];\n',
    test: RELIABILITY,
    grep: 'random schedules',
  },
  {
    name: 'retry-is-as-good-as-accepted',
    file: 'src/store/delivery.ts',
    find: "ids.has(id) && outcome !== 'retry');",
    replace: 'ids.has(id));',
    test: RELIABILITY,
    grep: 'random schedules',
  },
  {
    name: 'says-kept-before-it-is-on-disk',
    file: 'src/store/outbox.ts',
    find: '        refused = await saveInTurn();\n',
    replace: '        saveInTurn().catch(() => undefined);\n        refused = new Set();\n',
    test: RELIABILITY,
    grep: 'three reports and their answers',
  },
  {
    name: 'sequence-from-outside-the-transaction',
    file: 'src/store/outbox.ts',
    find: '        isTime(record.sequence) ? record.sequence : 0,\n        ...present.queued.map((row) => row.sequence),\n',
    replace: '        ...contents.queued.map((row) => row.sequence - 1),\n        0,\n',
    test: RELIABILITY,
    grep: 'random schedules',
  },
  {
    name: 'a-new-id-with-every-try',
    file: 'src/store/outbox.ts',
    find: 'const note = (row: QueuedReport) => ({ ...row, sentAt:',
    replace: 'const note = (row: QueuedReport) => ({ ...row, id: row.attempts > 0 ? createId() : row.id, sentAt:',
    test: RELIABILITY,
    grep: 'an answer that gets lost',
  },
  {
    name: 'no-dead-letters',
    file: 'src/store/outbox.ts',
    find: 'rejected: [...without(record.rejected, ids), ...reject(rows)],',
    replace: 'rejected: [...without(record.rejected, ids)],',
    test: RELIABILITY,
    grep: 'one report at a time',
  },
  {
    name: 'sends-again-what-the-service-has-forgotten',
    file: 'src/store/delivery.ts',
    find: '    if (remembersFor === undefined) return batch;\n',
    replace: '    if (remembersFor !== -1) return batch;\n',
    test: RELIABILITY,
    grep: 'a long absence',
  },
  {
    name: 'no-lock',
    file: 'src/store/tabs.ts',
    find: '  if (!locks) return work();\n',
    replace: '  if (locks !== null) return work();\n',
    test: TABS,
    grep: 'hardly more requests',
  },
  {
    name: 'a-lock-without-bounded-wait',
    file: 'src/store/tabs.ts',
    find: 'clock.setTimeout(stop, patience)',
    replace: 'clock.setTimeout(stop, 2 ** 31 - 1)',
    test: TABS,
    grep: 'does not stop the others',
  },
  {
    name: 'every-tab-polls',
    file: 'src/store/create-store.ts',
    find: 'const isAdopted = this.#answer !== answerBefore',
    replace: 'const isAdopted = since < 0 && this.#answer !== answerBefore',
    test: TABS,
    grep: 'once in an interval',
  },
  {
    name: 'a-page-that-need-not-ask-does-not-send',
    file: 'src/store/create-store.ts',
    find: '            if (this.#stay.outbox.contents.queued.length > 0) void this.#stay.delivery.send();\n            this.#finish',
    replace: '            this.#finish',
    test: TABS,
    grep: 'just been opened',
  },
  {
    name: 'waits-for-online',
    file: 'src/store/delivery.ts',
    find: '    if (!backend.push) return Promise.resolve();\n',
    replace: '    if (!backend.push || !page.isOnline()) return Promise.resolve();\n',
    test: TABS,
    grep: 'says no all the time',
  },
  {
    name: 'writes-over-what-newer-code-keeps',
    file: 'src/store/outbox.ts',
    find: '          if (isForeign) return undefined;\n',
    replace: '',
    test: TABS,
    grep: 'stays as it is',
  },
  {
    name: 'drops-rows-that-it-cannot-read',
    file: 'src/store/outbox.ts',
    find: 'value.filter((each) => !(isQueued(each) && ids.has(each.id)))',
    replace: 'value.filter((each) => isQueued(each) && !ids.has(each.id))',
    test: TABS,
    grep: 'rows and members',
  },
  {
    name: 'holds-its-channel-when-put-away',
    file: 'src/store/create-store.ts',
    find: '    this.#stay.delivery.stop();\n    this.#others.close();\n',
    replace: '    this.#stay.delivery.stop();\n',
    test: TABS,
    grep: 'put away',
  },
  {
    name: 'late-writes-after-signing-out',
    file: 'src/store/session.ts',
    find: 'isGone = session === undefined || (isRecord(session) && idOf(session) !== id);',
    replace: 'isGone = false;',
    test: TABS,
    grep: 'signed out',
  },
  {
    name: 'no-jitter',
    file: 'src/model/retry.ts',
    find: '  return random * Math.min(longest,',
    replace: '  return Math.min(longest,',
    test: HERD,
    grep: 'come back apart',
  },
  {
    name: 'retry-after-to-the-second',
    file: 'src/model/retry.ts',
    find: '    return asked + random *',
    replace: '    return asked + 0 *',
    test: HERD,
    grep: 'not more than one in a hundred',
  },
  {
    name: 'no-budget',
    file: 'src/store/backoff.ts',
    find: '  if (tokens < 1)',
    replace: '  if (tokens < -1e9)',
    test: HERD,
    grep: 'has a budget',
  },
  {
    name: 'everybody-asks-when-the-connection-is-back',
    file: 'src/store/create-store.ts',
    find: 'const ONLINE_SPREAD = 10_000;',
    replace: 'const ONLINE_SPREAD = 100;',
    test: HERD,
    grep: 'connection is back',
  },
  {
    name: 'percent-of-a-binary-fraction',
    file: 'src/model/numbers.ts',
    find: '  const percent = settled((part / whole) * 100);',
    replace: '  const percent = (part / whole) * 100;',
    test: NUMBERS,
    grep: 'a percentage of k in n',
  },
  {
    name: 'left-is-rounded-for-itself',
    file: 'src/model/numbers.ts',
    find: '  return { value: 100 - value, ...',
    replace: '  return { value: Math.ceil((1 - part / whole) * 100), ...',
    test: NUMBERS,
    grep: 'a percentage of k in n',
  },
  {
    name: 'all-before-it-is-so',
    file: 'src/model/numbers.ts',
    find: '  return percent < 100 ? percent : 100 - 1e-9;',
    replace: '  return percent;',
    test: NUMBERS,
    grep: 'a percentage of k in n',
  },
  {
    name: 'a-number-is-its-nearest',
    file: 'src/model/numbers.ts',
    find: '  return atLeast(below < whole ? below : rounded(whole - STEP, 2));',
    replace: '  return atLeast(nearest);',
    test: NUMBERS,
    grep: 'a number of a target',
  },
  {
    name: 'rarity-is-rounded',
    file: 'src/model/numbers.ts',
    find: '  return { value: percent < 100 && nearest >= 100 ? 99.9 : nearest };',
    replace: '  return { value: nearest };',
    test: NUMBERS,
    grep: 'how many players have it',
  },
  {
    name: 'nobody-has-what-you-have',
    file: 'src/model/numbers.ts',
    find: '  if (isUnlocked && percent === 0) return',
    replace: '  if (isUnlocked && percent < 0) return',
    test: NUMBERS,
    grep: 'how many players have it',
  },
  {
    name: 'sums-of-binary-fractions',
    file: 'src/model/numbers.ts',
    find: '  return Number.isInteger(sum) ? sum : Number(sum.toPrecision(MOST_DIGITS));',
    replace: '  return sum;',
    test: NUMBERS,
    grep: 'sums',
  },
  {
    name: 'reached-to-the-last-bit',
    file: 'src/model/numbers.ts',
    find: '  return settled(current) >= settled(target);',
    replace: '  return current >= target;',
    test: 'test/unit/model/progress.test.ts',
    grep: 'as far as its target',
  },
  {
    name: 'whatever-looks-like-a-template',
    file: 'src/elements/template.ts',
    find: '  return (strings && known.has(strings)) || typeof directive',
    replace: '  return strings || typeof directive',
    test: 'test/unit/elements/template.test.ts',
  },
];
