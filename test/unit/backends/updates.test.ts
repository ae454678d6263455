import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine } from '../../../src/backends/combine.js';
import { json } from '../../../src/backends/json.js';
import { talonOne, talonOneEffects } from '../../../src/backends/talon-one.js';
import { xbox, xboxProgress } from '../../../src/backends/xbox.js';
import type { ProgressUpdate } from '../../../src/model/index.js';
import { members } from './support.js';

const scid = '00000000-0000-0000-0000-00007972ac43';
const titleManaged = '00000000-0000-0000-0000-000000000000';

/** A frame as it was recorded: reference "Xbox Live Achievements service", RTA push. */
const frame = [
  3,
  0,
  {
    serviceConfigId: scid,
    progression: [
      {
        id: '1',
        requirements: [
          {
            id: titleManaged,
            current: '100',
            target: '100',
            operationType: 'Sum',
            valueType: 'Integer',
            ruleParticipationType: 'Individual',
          },
        ],
        progressState: 'Achieved',
        timeUnlocked: '2026-01-18T02:48:21.707Z',
      },
    ],
    contractVersion: 1,
  },
] as const;
const unlocked: ProgressUpdate = {
  achievement: `xbox:${scid}/1`,
  state: 'unlocked',
  requirements: [{ id: titleManaged, current: 100, target: 100 }],
  unlockedAt: Date.UTC(2026, 0, 18, 2, 48, 21, 707),
};

describe('an Xbox Live frame', () => {
  it.each([
    ['as recorded', frame],
    ['its third part alone', frame[2]],
    ['its text', JSON.stringify(frame)],
    ['the text of its third part', JSON.stringify(frame[2])],
  ])('is read: %s', (_name, pushed) => {
    expect(xboxProgress(pushed)).toEqual([unlocked]);
  });

  const entry = (more: object) => xboxProgress({ serviceConfigId: scid, progression: [{ id: 7, ...more }] });
  const update = (more: object) => [{ achievement: `xbox:${scid}/7`, ...more }];

  it.each<[string, object, object]>([
    [
      'no target',
      { progressState: 'InProgress', requirements: [{ id: 'r', current: '33' }] },
      {
        state: 'in-progress',
        requirements: [{ id: 'r', current: 33 }],
      },
    ],
    [
      'several parts',
      {
        requirements: [
          { id: 'r', current: '1', target: '1' },
          { id: 's', current: null },
        ],
      },
      {
        requirements: [{ id: 'r', current: 1, target: 1 }, { id: 's' }],
      },
    ],
    ['no requirements', { progressState: 'achieved', requirements: [] }, { state: 'unlocked' }],
    ['null', { progressState: 'NotStarted', requirements: null, timeUnlocked: null }, { state: 'locked' }],
    ['a state as a number', { progressState: 2 }, { state: 'in-progress' }],
    ['a state nobody knows', { progressState: 'Forged' }, {}],
    [
      'no state, whatever the numbers say',
      { requirements: [{ id: 'r', current: 100, target: 100 }] },
      {
        requirements: [{ id: 'r', current: 100, target: 100 }],
      },
    ],
    [
      'the sentinel of .NET',
      { progressState: 'Achieved', timeUnlocked: '0001-01-01T00:00:00.0000000Z' },
      { state: 'unlocked' },
    ],
    [
      'the sentinel of offline unlocks',
      { progressState: 'Achieved', timeUnlocked: '1753-01-01T00:00:00Z' },
      { state: 'unlocked' },
    ],
    [
      'the launch day',
      { progressState: 'Achieved', timeUnlocked: '2002-11-15T00:00:00.0000000Z' },
      { state: 'unlocked' },
    ],
    [
      'a date of what is not unlocked',
      { progressState: 'InProgress', timeUnlocked: '2013-01-01T00:00:00Z' },
      { state: 'in-progress' },
    ],
    [
      'seven digits',
      { progressState: 'Achieved', timeUnlocked: '2026-01-18T02:48:21.7071234Z' },
      {
        state: 'unlocked',
        unlockedAt: Date.UTC(2026, 0, 18, 2, 48, 21, 707),
      },
    ],
  ])('may have %s', (_name, raw, expected) => {
    expect(entry(raw)).toEqual(update(expected));
  });

  it('loses nothing but its bad entries', () => {
    const progression = [null, 'x', {}, { id: [] }, ...frame[2].progression];
    expect(xboxProgress({ serviceConfigId: scid, progression })).toEqual([unlocked]);
  });

  it.each([
    [undefined],
    [null],
    [7],
    [''],
    ['{'],
    [[]],
    [[3, 0]],
    [{}],
    [{ serviceConfigId: scid }],
    [{ progression: [] }],
    [{ effects: [] }],
  ])('is not %j', (pushed) => {
    expect(xboxProgress(pushed)).toBeUndefined();
  });
});

describe('Talon.One effects', () => {
  const start = {
    effectType: 'startAchievementProgress',
    campaignId: 1,
    rulesetId: 2,
    ruleIndex: 0,
    ruleName: 'x',
    props: {
      achievementId: 10,
      achievementName: 'FreeCoffee10Orders',
      progressTrackerId: 42,
      target: 10,
      startDate: '2026-04-16T15:25:37Z',
      endDate: '2026-04-30T11:24:59Z',
    },
  };
  const increase = (props: object = {}) => ({
    effectType: 'increaseAchievementProgress',
    props: {
      achievementId: 10,
      achievementName: 'FreeCoffee10Orders',
      progressTrackerId: 42,
      delta: 1,
      value: 7,
      target: 10,
      isJustCompleted: false,
      ...props,
    },
  });
  const rollback = {
    effectType: 'rollbackIncreasedAchievementProgress',
    props: {
      achievementId: 10,
      achievementName: 'FreeCoffee10Orders',
      progressTrackerId: 42,
      decreaseProgressBy: 1,
      currentProgress: 6,
      target: 10,
    },
  };
  const at = (current: number, state = 'in-progress', target = 10) => ({
    achievement: 'talon-one:10',
    state,
    requirements: [{ current, target }],
  });

  it.each<[string, unknown, unknown]>([
    [
      'a start',
      [start],
      [{ ...at(0), startedAt: Date.UTC(2026, 3, 16, 15, 25, 37), resetsAt: Date.UTC(2026, 3, 30, 11, 24, 59) }],
    ],
    ['an increase', [increase()], [at(7)]],
    ['a rollback', [rollback], [at(6)]],
    ['a completion', [increase({ value: 10, isJustCompleted: true })], [at(10, 'unlocked')]],
    ['more than the target, completed before', [increase({ value: 12 })], [at(12, 'unlocked')]],
    [
      'a completion without numbers',
      [increase({ value: null, isJustCompleted: true })],
      [{ achievement: 'talon-one:10', state: 'unlocked' }],
    ],
    [
      'a completion and a new iteration',
      [
        increase({ value: 10, delta: 3, isJustCompleted: true }),
        increase({ value: 2, delta: 2, progressTrackerId: 43 }),
      ],
      [at(10, 'unlocked'), at(2)],
    ],
    [
      'two completions and a new iteration',
      [
        increase({ value: 10, isJustCompleted: true }),
        increase({ value: 10, isJustCompleted: true, progressTrackerId: 43 }),
        increase({ value: 1, progressTrackerId: 44 }),
      ],
      [at(10, 'unlocked'), at(10, 'unlocked'), at(1)],
    ],
    ['numbers as text', [increase({ value: '7', target: '10.00', achievementId: '10' })], [at(7)]],
    ['money', [increase({ value: 749.5, target: 3000 })], [at(749.5, 'in-progress', 3000)]],
    [
      'no target',
      [increase({ target: null })],
      [{ achievement: 'talon-one:10', state: 'in-progress', requirements: [{ current: 7 }] }],
    ],
    ['no id: the API name', [increase({ achievementId: null })], [{ ...at(7), achievement: 'FreeCoffee10Orders' }]],
    ['others', [{ effectType: 'addLoyaltyPoints', props: { value: 1 } }, increase(), { effectType: 'x' }], [at(7)]],
    [
      'bad ones',
      [
        null,
        'x',
        7,
        increase({ value: 'many' }),
        increase({ achievementId: {}, achievementName: '' }),
        { effectType: 7 },
        increase(),
      ],
      [at(7)],
    ],
    ['an answer', { effects: [increase()] }, [at(7)]],
    ['an answer with a session', { customerSession: {}, effects: [increase()] }, [at(7)]],
    ['the text of an answer', JSON.stringify({ effects: [increase()] }), [at(7)]],
    ['none', [], []],
    ['none of achievements', [{ effectType: 'addLoyaltyPoints', props: {} }], []],
  ])('are read: %s', (_name, pushed, expected) => {
    expect(talonOneEffects(pushed)).toEqual(expected);
  });

  const rolledBack = (props: object) => ({ ...rollback, props: { ...rollback.props, ...props } });
  /** What happened in one iteration: each step from one number to the next. */
  const steps = (progressTrackerId: number, ...values: number[]) =>
    values.slice(1).map((value, index) => {
      const before = values[index]!;
      if (value < before) {
        return rolledBack({ progressTrackerId, currentProgress: value, decreaseProgressBy: before - value });
      }
      return increase({ progressTrackerId, value, delta: value - before, isJustCompleted: value >= 10 });
    });
  const started = (progressTrackerId: number) => ({ ...start, props: { ...start.props, progressTrackerId } });

  it.each<[string, object[], number[]]>([
    ['a start and an increase', [started(42), ...steps(42, 0, 3)], [0, 3]],
    ['increases', steps(42, 2, 3, 5, 9), [3, 5, 9]],
    ['an increase that was taken back', [started(42), ...steps(42, 0, 3, 0)], [0, 3, 0]],
    ['one that was taken back, and another', [started(42), ...steps(42, 0, 3, 5, 3, 6)], [0, 3, 5, 3, 6]],
    ['several that were taken back', [started(42), ...steps(42, 0, 3, 0, 4, 0, 5)], [0, 3, 0, 4, 0, 5]],
    ['the same step twice', [started(42), ...steps(42, 0, 3, 0, 3, 0, 3)], [0, 3, 0, 3, 0, 3]],
    ['more taken back than was given in one', steps(42, 4, 5, 6, 4, 8), [5, 6, 4, 8]],
    ['a completion and what comes after it', [...steps(42, 7, 10), started(43), ...steps(43, 0, 2)], [10, 0, 2]],
    ['tenths', steps(42, 0.1, 0.2, 0.1 + 0.2, 0.4), [0.2, 0.1 + 0.2, 0.4]],
  ])('on one achievement give the same in any order: %s', (_name, effects, currents) => {
    const expected = talonOneEffects(effects)!;
    expect(expected.map(({ requirements }) => requirements?.[0]?.current)).toEqual(currents);
    fc.assert(
      fc.property(fc.shuffledSubarray(effects, { minLength: effects.length }), (shuffled) => {
        expect(talonOneEffects(shuffled)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('of any history end where that ended, in whatever order they come', () => {
    const history = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (values, random) => {
        const path = [0, ...values].filter((value, index, all) => value !== all[index - 1]);
        const effects = [started(42), ...steps(42, ...path)];
        const shuffled = effects
          .map((effect) => [random.next().value as number, effect] as const)
          .sort(([left], [right]) => left - right)
          .map(([, effect]) => effect);
        const currents = talonOneEffects(shuffled)!.map(({ requirements }) => requirements?.[0]?.current);
        expect(currents.at(-1)).toBe(path.at(-1));
        expect(talonOneEffects(shuffled)).toEqual(talonOneEffects(effects));
      }),
    );
  });

  it('are told in no time, however many there are', () => {
    const values = Array.from({ length: 3000 }, (_, index) => (index % 2 === 0 ? 0 : 1 + (index % 9)));
    const began = performance.now();
    expect(talonOneEffects([started(42), ...steps(42, ...values)])).toHaveLength(3000);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('control: whoever keeps the last one of each achievement never sees the completion', () => {
    const next = increase({ value: 2, progressTrackerId: 43 });
    const updates = talonOneEffects([increase({ value: 10, isJustCompleted: true }), next])!;
    const last = new Map(updates.map((update) => [update.achievement, update]));
    expect(updates.some(({ state }) => state === 'unlocked')).toBe(true);
    expect([...last.values()].some(({ state }) => state === 'unlocked')).toBe(false);
  });

  it.each([[undefined], [null], [7], ['x'], [{}], [{ effects: {} }], [[1, 2]], [[...frame]]])(
    'are not %j',
    (pushed) => {
      expect(talonOneEffects(pushed)).toBeUndefined();
    },
  );
});

describe('JSON', () => {
  const { translate } = json({ src: 'https://game.example/a' });

  it.each<[string, object, object]>([
    [
      'a state',
      { state: 'unlocked', unlockedAt: '2026-01-01T00:00:00Z' },
      { state: 'unlocked', unlockedAt: Date.UTC(2026, 0, 1) },
    ],
    [
      'an unlock alone',
      { unlockedAt: '2026-01-01T00:00:00Z' },
      { state: 'unlocked', unlockedAt: Date.UTC(2026, 0, 1) },
    ],
    [
      'numbers',
      { progress: { current: 7, target: 10 } },
      { state: 'in-progress', requirements: [{ id: '0', current: 7, target: 10 }] },
    ],
    [
      'numbers that are enough',
      { progress: { current: 10, target: 10 } },
      { state: 'unlocked', requirements: [{ id: '0', current: 10, target: 10 }] },
    ],
    [
      'a number without a target, of which no state follows',
      { progress: { current: 7 } },
      { requirements: [{ id: '0', current: 7 }] },
    ],
    [
      'parts',
      {
        requirements: [
          { id: 'a', current: 1 },
          { id: 'b', target: '2' },
        ],
      },
      {
        requirements: [
          { id: 'a', current: 1 },
          { id: 'b', target: 2 },
        ],
      },
    ],
    ['a ratio', { progress: { ratio: 0.5 } }, { state: 'in-progress' }],
    ['a state nobody knows', { state: 'frozen' }, {}],
    [
      'dates',
      { startedAt: 1573948800, resetsAt: '2026-01-01T00:00:00Z' },
      { startedAt: 1573948800_000, resetsAt: Date.UTC(2026, 0, 1) },
    ],
    ['a key of its own', { key: 'mine' }, { achievement: 'mine' }],
    ['texts, which are no progress', { name: 'New', description: 'x', rewards: 'x' }, {}],
  ])('is read: %s', (_name, entry, expected) => {
    const pushed = { achievements: [null, { id: {} }, { id: 5, ...entry }, { state: 'unlocked' }] };
    const updates = [{ achievement: 'json:5', ...expected }];
    expect(translate!(pushed)).toEqual(updates);
    expect(translate!(JSON.stringify(pushed))).toEqual(updates);
  });

  it.each([[undefined], [null], ['x'], [[]], [{}], [{ achievements: {} }]])('is not %j', (pushed) => {
    expect(translate!(pushed)).toBeUndefined();
  });
});

describe('whatever is pushed', () => {
  const src = 'https://game.example/a';
  const combined = combine(json({ src }), xbox({ src }), talonOne({ src }));

  it('is understood by the part that it is for', () => {
    expect(combined.translate!(frame)).toEqual([unlocked]);
    expect(combined.translate!({ achievements: [{ id: 5, state: 'locked' }] })).toEqual([
      { achievement: 'json:5', state: 'locked' },
    ]);
    expect(combined.translate!('hello')).toBeUndefined();
  });

  it('becomes plain updates or nothing, and throws nothing', () => {
    const names = ['achievements', 'effects', 'progression', 'serviceConfigId', 'effectType', 'props', 'id', 'achievementId', 'value', 'target', 'requirements', 'current', 'state', 'progressState', '__proto__']; // prettier-ignore
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(
          fc.constantFrom<unknown>('increaseAchievementProgress', 'Achieved', 7, '7', null),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...names), tie('node'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(node, (pushed) => {
        const updates = combined.translate!(pushed) ?? [];
        expect(structuredClone(updates)).toEqual(updates);
        for (const update of updates) expect(update.achievement).toBeTruthy();
        for (const [path, value] of members(updates)) {
          expect(value, path).not.toBeUndefined();
          expect(value, path).not.toBeNull();
        }
      }),
      { numRuns: 1000 },
    );
  });
});
