import { describe, expect, it } from 'vitest';
import { combine } from '../../../src/backends/combine.js';
import { json } from '../../../src/backends/json.js';
import { memory } from '../../../src/backends/memory.js';
import { overridden } from '../../../src/backends/overrides.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import type { Achievement, Backend, Fresh, Report, ReportAnswer, ReportIntent } from '../../../src/model/index.js';
import { type ModelService, type WritingCase, describeWriting } from './contract.js';
import { type Seen, callWith, jsonResponse, problemOf, service } from './support.js';

const src = 'https://game.example/achievements?lang=1';
const reportsSrc = 'https://game.example/achievements/reports?lang=1';
const at = Date.UTC(2026, 10, 2, 11);
const update = { src: reportsSrc, serviceConfigId: '1370999B-FCA2-4C53-8EC5-000000000000', titleId: '1234' };

/** A body of a request, by its members. */
type Members = Readonly<Record<string, unknown>>;
type SentReport = ReportIntent & { readonly id: string };

const bodyOf = ({ init }: Seen) => JSON.parse(init.body as string) as Members;
const report = (id: string, achievement: string, intent: Partial<Report>): Report => ({
  id,
  achievement,
  at,
  ...intent,
});

/** Keeps the effect of a report and its id together. */
function ledger(forgetful: boolean) {
  const progress = new Map<string, number>();
  const known = new Map<string, string>();
  const apply = (id: string, achievement: string, { set, add, unlock }: Partial<ReportIntent>): string => {
    const earlier = forgetful ? undefined : known.get(id);
    if (earlier) return earlier === 'accepted' ? 'duplicate' : earlier;
    const before = progress.get(achievement) ?? 0;
    const outcome = achievement === 'poison' ? 'rejected' : 'accepted';
    if (outcome === 'accepted') {
      progress.set(achievement, add === undefined ? Math.max(before, unlock ? 100 : set!) : before + add);
    }
    known.set(id, outcome);
    return outcome;
  };
  return { progress, apply };
}

function jsonService(forgetful = false): ModelService {
  const { progress, apply } = ledger(forgetful);
  return {
    progress,
    respond: (seen) => ({
      results: (bodyOf(seen)['reports'] as SentReport[]).map(({ id, achievement, ...intent }) => {
        const outcome = apply(id, achievement, intent);
        return { id, outcome, ...(outcome === 'rejected' ? { code: 'unknown-achievement' } : {}) };
      }),
    }),
  };
}

function xboxService(): ModelService {
  const progress = new Map<string, number>();
  return {
    progress,
    respond: (seen) => {
      const { achievements } = bodyOf(seen) as { achievements: { id: string; percentComplete: number }[] };
      if (achievements.some(({ id }) => id === 'poison'))
        return jsonResponse({ errorMessage: 'Bad id.' }, { status: 400 });
      // The worst that "304" could mean: one of them is there already, and none was written.
      if (achievements.some(({ id, percentComplete }) => percentComplete <= (progress.get(id) ?? 0))) {
        return new Response(null, { status: 304 });
      }
      for (const { id, percentComplete } of achievements) progress.set(id, percentComplete);
      return new Response(null, { status: 200 });
    },
  };
}

function talonOneService(forgetful = false): ModelService {
  const { progress, apply } = ledger(forgetful);
  return {
    progress,
    respond: (seen) => {
      const { reportId, achievement, ...intent } = bodyOf(seen)['attributes'] as ReportIntent & { reportId: string };
      const key = JSON.parse(seen.headers.get('idempotency-key')!) as string;
      expect(key).toBe(reportId);
      return apply(key, achievement, intent) === 'rejected'
        ? jsonResponse(
            { message: 'The data was invalid', errors: [{ details: 'No such achievement.' }] },
            { status: 422 },
          )
        : { effects: [] };
    },
  };
}

const jsonCase: WritingCase = {
  name: 'json',
  make: (options) => json({ src, reports: true, ...options }),
  model: jsonService,
  keys: 'json:',
  adds: true,
};

describeWriting(jsonCase);
describeWriting({ ...jsonCase, name: 'combine', make: (options) => combine(json({ src, reports: true, ...options })) });
describeWriting({
  ...jsonCase,
  name: 'overridden',
  make: (options) => overridden(json({ src, reports: true, ...options }), { achievements: {} }),
});
describeWriting({
  name: 'xbox',
  make: (options) => xbox({ src, update, ...options }),
  model: xboxService,
  keys: 'xbox:1370999B-fca2-4c53-8ec5-000000000000/',
  adds: false,
});
describeWriting({
  name: 'talon-one',
  make: (options) => talonOne({ src, report: { src: reportsSrc }, ...options }),
  model: talonOneService,
  keys: 'talon-one:',
  adds: true,
});

describe('json', () => {
  const push = (body: unknown, reports: readonly Report[], backend = json({ src, reports: true })) => {
    const { fetch, requests } = service(() => body as object);
    return { answering: backend.push!(reports, callWith({ fetch })), requests };
  };
  const two = [report('a', '5', { set: 7 }), report('b', 'json:6', { add: 2 })];

  it('is read-only without the option, and says what it can do with it', () => {
    const readOnly = json({ src });
    expect([readOnly.push, readOnly.recall, readOnly.listen, readOnly.reportScope]).toEqual(Array(4).fill(undefined));
    const backend = json({ src, reports: true });
    expect(backend).toMatchObject({ pushLimit: 50, remembersFor: 2_592_000_000, reportScope: reportsSrc });
    expect(backend.refuses).toBeUndefined();
    expect(backend.listen).toBeUndefined();
    expect(backend.scope).toBe(readOnly.scope);
  });

  it.each([
    ['https://game.example/achievements?player=nova', true, 'https://game.example/achievements/reports?player=nova'],
    ['https://game.example/achievements/', true, 'https://game.example/achievements/reports'],
    ['https://game.example/a.json#x', true, 'https://game.example/a.json/reports'],
    ['https://game.example/a?x=1', 'https://write.example/b?y=2', 'https://write.example/b?y=2'],
  ])('of %s with reports %j sends them to %s', async (address, reports, expected) => {
    const { answering, requests } = push({ results: [] }, two, json({ src: address, reports }));
    expect(await answering).toEqual([]);
    expect(requests[0]?.url).toBe(expected);
  });

  it.each(['', 'http://'])('of the address %j reports nowhere, least of all to the page', async (address) => {
    const { answering, requests } = push({ results: [] }, two, json({ src: address, reports: true }));
    expect((await problemOf(answering)).code).toBe('not-found');
    expect(requests).toHaveLength(0);
  });

  it('sends what the protocol says, and nothing else', async () => {
    const { answering, requests } = push({ results: [] }, [
      { ...two[0]!, key: 'json:5' },
      two[1]!,
      report('c', '7', { unlock: true }),
    ]);
    await answering;
    expect(bodyOf(requests[0]!)).toEqual({
      reports: [
        { id: 'a', achievement: '5', set: 7, at: '2026-11-02T11:00:00.000Z' },
        { id: 'b', achievement: '6', add: 2, at: '2026-11-02T11:00:00.000Z' },
        { id: 'c', achievement: '7', unlock: true, at: '2026-11-02T11:00:00.000Z' },
      ],
    });
  });

  it('answers for what the service answered for: nothing else, nothing twice, nothing it cannot read', async () => {
    const { answering } = push(
      {
        results: [
          null,
          'x',
          { id: 'a', outcome: 'done' },
          { id: 'stranger', outcome: 'accepted' },
          { id: 'b', outcome: 'retry', code: 'busy', extra: 1 },
          { id: 'b', outcome: 'accepted' },
          { id: {}, outcome: 'accepted' },
        ],
      },
      two,
    );
    expect(await answering).toEqual([{ id: 'b', outcome: 'retry', code: 'busy' }]);
  });

  it('gives the achievement as the list would, but for a place that nobody told', async () => {
    const achievement = { id: 5, name: 'Five', progress: { current: 7, target: 10 } };
    const { answering } = push(
      {
        results: [
          { id: 'a', outcome: 'accepted', achievement },
          { id: 'b', outcome: 'accepted', achievement: { id: 6, name: ['bad'] } },
        ],
      },
      two,
    );
    const answers = await answering;
    const { fetch } = service(() => [achievement]);
    const { achievements } = (await json({ src }).pull(undefined, callWith({ fetch }))) as Fresh;
    const { order, ...listed } = achievements[0]!;
    expect(order).toBe(0);
    expect(answers).toEqual([
      { id: 'a', outcome: 'accepted', achievement: listed },
      { id: 'b', outcome: 'accepted' },
    ]);
  });

  it.each([[{}], [[]], ['"x"'], [{ results: {} }], ['null']])('throws bad-shape for %j', async (body) => {
    expect((await problemOf(push(body, two).answering)).code).toBe('bad-shape');
  });

  it('asks what became of reports, fifty at once, and gives nothing where one request fails', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `id ${index}`);
    const recall = (failing?: number) => {
      const { fetch, requests } = service(({ url }, index) => {
        if (index === failing) return new Response('', { status: 500 });
        const asked = new URL(url).searchParams.get('ids')!.split(',');
        return { results: asked.filter((id) => id !== 'id 7').map((id) => ({ id, outcome: 'accepted' })) };
      });
      return { answering: json({ src, reports: true }).recall!(ids, callWith({ fetch })), requests };
    };
    const { answering, requests } = recall();
    expect((await answering).map(({ id }) => id)).toEqual(ids.filter((id) => id !== 'id 7'));
    expect(requests).toHaveLength(3);
    expect(requests[0]!.url.startsWith(`${reportsSrc}&ids=`)).toBe(true);
    expect(requests[0]!.init.method ?? 'GET').toBe('GET');
    // What is missing counts as unknown to the service, so half an answer would be a wrong one.
    expect((await problemOf(recall(1).answering)).code).toBe('server');
  });
});

describe('xbox', () => {
  const known = { serviceConfigId: update.serviceConfigId.toLowerCase(), requirements: [] };
  const requirement = (target?: number) => ({ id: '0', unit: 'count', ...(target === undefined ? {} : { target }) });
  const backend = xbox({ src, update });

  it('is read-only without the option', () => {
    const { push, refuses, reportScope } = xbox({ src });
    expect([push, refuses, reportScope]).toEqual([undefined, undefined, undefined]);
    expect(backend).not.toHaveProperty('remembersFor');
  });

  it.each<[string, Partial<ReportIntent>, object | undefined, RegExp | undefined]>([
    ['a percentage', { set: 33 }, known, undefined],
    ['an unlock', { unlock: true }, undefined, undefined],
    ['a title-managed one', { set: 0 }, { ...known, requirements: [requirement(100)] }, undefined],
    ['one whose target is not told', { set: 50 }, { ...known, requirements: [requirement()] }, undefined],
    ['add', { add: 1 }, known, /takes no "add"/],
    ['more than all', { set: 101 }, known, /0 to 100/],
    ['less than nothing', { set: -1 }, known, /0 to 100/],
    ['no number', { set: NaN }, known, /0 to 100/],
    ['a count', { set: 3 }, { ...known, requirements: [requirement(5)] }, /not title-managed/],
    [
      'several parts',
      { unlock: true },
      { ...known, requirements: [requirement(100), requirement(100)] },
      /not title-managed/,
    ],
    ['another title', { set: 3 }, { ...known, serviceConfigId: 'other' }, /another title/],
    ['a key of another title', { set: 3, achievement: 'xbox:other/1' }, undefined, /another title/],
  ])('says beforehand what becomes of %s', (_name, intent, achievement, expected) => {
    const answer = backend.refuses!({ achievement: '1', ...intent }, achievement as Achievement | undefined);
    if (expected) expect(answer).toMatch(expected);
    else expect(answer).toBeUndefined();
  });

  it('sends what the official client sends, with contract 2 whatever the list is asked with', async () => {
    const { fetch, requests } = service(() => new Response(null, { status: 200 }));
    const options = { src, update, contract: 4 as const, headers: { 'X-XBL-Contract-Version': '4' } };
    await xbox(options).push!([report('a', '1', { unlock: true })], callWith({ fetch, player: '101010101010' }));
    expect(bodyOf(requests[0]!)).toEqual({
      action: 'progressUpdate',
      serviceConfigId: '1370999b-fca2-4c53-8ec5-000000000000',
      titleId: 1234,
      userId: '101010101010',
      achievements: [{ id: '1', percentComplete: 100 }],
    });
    expect(requests[0]!.headers.get('x-xbl-contract-version')).toBe('2');
  });

  it('makes one item of several reports of an achievement, the highest, and answers for all of them', async () => {
    const { respond, progress } = xboxService();
    const { fetch, requests } = service(respond);
    const reports = [report('a', '1', { set: 33.9 }), report('b', '1', { set: 50 }), report('c', '1', { set: 40 })];
    expect(await backend.push!(reports, callWith({ fetch }))).toEqual(
      ['a', 'b', 'c'].map((id) => ({
        id,
        outcome: 'accepted',
        updates: [
          {
            achievement: 'xbox:1370999b-fca2-4c53-8ec5-000000000000/1',
            state: 'in-progress',
            requirements: [{ current: 50 }],
          },
        ],
      })),
    );
    expect(requests).toHaveLength(1);
    expect(progress.get('1')).toBe(50);
  });

  it('takes 304 for done before, and writes what stands beside it all the same', async () => {
    const { respond, progress } = xboxService();
    const { fetch } = service(respond);
    await backend.push!([report('a', '1', { unlock: true })], callWith({ fetch }));
    const answers = await backend.push!(
      [report('b', '1', { set: 50 }), report('c', '2', { set: 50 })],
      callWith({ fetch }),
    );
    expect(answers.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['b', 'duplicate'],
      ['c', 'accepted'],
    ]);
    expect(Object.fromEntries(progress)).toEqual({ 1: 100, 2: 50 });
  });

  it('asks for fifty achievements at a time', async () => {
    const sizes: number[] = [];
    const { fetch } = service((seen) => {
      sizes.push((bodyOf(seen)['achievements'] as unknown[]).length);
      return {};
    });
    const many = Array.from({ length: 120 }, (_, index) => report(`r${index}`, String(index), { unlock: true }));
    expect(await backend.push!(many, callWith({ fetch }))).toHaveLength(120);
    expect(sizes).toEqual([50, 50, 20]);
  });

  it('gives the answers it has where a later request fails', async () => {
    const { fetch } = service((_seen, index) => {
      if (index === 0) return new Response('', { status: 400 });
      return index === 1 ? {} : new Response('', { status: 429 });
    });
    const reports = [report('a', '1', { set: 1 }), report('b', '2', { set: 1 }), report('c', '3', { set: 1 })];
    expect((await backend.push!(reports, callWith({ fetch }))).map(({ id }) => id)).toEqual(['a']);
  });

  it('never writes what was meant for another title, nor what is no percentage', async () => {
    const { fetch, requests } = service(() => ({}));
    const reports = [
      report('a', 'xbox:other/1', { unlock: true }),
      report('b', '1', { add: 1 }),
      report('c', '1', { set: NaN }),
    ];
    expect(await backend.push!(reports, callWith({ fetch }))).toEqual([
      { id: 'a', outcome: 'rejected', code: 'unknown-achievement' },
      { id: 'b', outcome: 'rejected', code: 'invalid' },
      { id: 'c', outcome: 'rejected', code: 'invalid' },
    ]);
    expect(requests).toHaveLength(0);
  });
});

describe('talon-one', () => {
  const backend = talonOne({ src, report: { src: reportsSrc } });
  const two = [report('a', 'talon-one:10', { add: 1 }), report('b', 'FreeCoffee', { set: 7 })];

  it('is read-only without the option, and remembers as long as the proxy has to', () => {
    expect(talonOne({ src }).push).toBeUndefined();
    expect(backend).toMatchObject({ pushLimit: 10, remembersFor: 86_400_000, reportScope: reportsSrc });
    expect(backend.recall).toBeUndefined();
  });

  it('sends custom events one after the other, each with its key', async () => {
    let running = 0;
    const { fetch, requests } = service(async () => {
      expect(running++).toBe(0);
      await Promise.resolve();
      running--;
      return { effects: [] };
    });
    const own = talonOne({ src, report: { src: reportsSrc, event: 'quest' } });
    await own.push!(two, callWith({ fetch, player: 'nova' }));
    expect(requests.map(bodyOf)).toEqual([
      {
        profileId: 'nova',
        type: 'quest',
        attributes: { reportId: 'a', achievement: '10', add: 1, at: '2026-11-02T11:00:00.000Z' },
      },
      {
        profileId: 'nova',
        type: 'quest',
        attributes: { reportId: 'b', achievement: 'FreeCoffee', set: 7, at: '2026-11-02T11:00:00.000Z' },
      },
    ]);
    expect(requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['"a"', '"b"']);
    await backend.push!([two[0]!], callWith({ fetch }));
    expect(bodyOf(requests[2]!)).toMatchObject({ type: 'achievement_report' });
    expect(bodyOf(requests[2]!)).not.toHaveProperty('profileId');
  });

  it('gives the effects as updates, and takes the silent answer too', async () => {
    const props = { achievementId: 10, delta: 1, value: 7, target: 10, isJustCompleted: false };
    const { fetch } = service((_seen, index) =>
      index === 0
        ? { customerSession: {}, effects: [{ effectType: 'increaseAchievementProgress', props }] }
        : new Response(null, { status: 204 }),
    );
    expect(await backend.push!(two, callWith({ fetch }))).toEqual([
      {
        id: 'a',
        outcome: 'accepted',
        updates: [{ achievement: 'talon-one:10', state: 'in-progress', requirements: [{ current: 7, target: 10 }] }],
      },
      { id: 'b', outcome: 'accepted' },
    ]);
  });

  it.each([
    [409, [['a', 'accepted']]],
    [500, [['a', 'accepted']]],
    [
      422,
      [
        ['a', 'accepted'],
        ['b', 'rejected'],
        ['c', 'accepted'],
      ],
    ],
    [
      400,
      [
        ['a', 'accepted'],
        ['b', 'rejected'],
        ['c', 'accepted'],
      ],
    ],
  ])('after a %i in the middle answers %j', async (status, expected) => {
    const { fetch } = service((_seen, index) => (index === 1 ? jsonResponse({ message: 'No.' }, { status }) : {}));
    const answers = await backend.push!([...two, report('c', '1', { set: 1 })], callWith({ fetch }));
    expect(answers.map(({ id, outcome }) => [id, outcome])).toEqual(expected);
    expect(answers.find(({ outcome }) => outcome === 'rejected')?.code ?? 'No.').toBe('No.');
  });
});

describe('memory', () => {
  const make = () =>
    memory({
      achievements: [
        { id: 1, name: 'One', progress: { current: 1, target: 3 } },
        { id: 2, name: 'Two', key: 'mine' },
        { id: 3, name: 'Three', requirements: [{ target: 1 }, { target: 1 }] },
        { id: 4, name: 'Four', state: 'scheduled' },
        { id: 5, name: 'Five', progress: { current: 9, target: 3 }, unlockedAt: '2020-01-01T00:00:00Z' },
      ],
    });
  const push = async (backend: Backend, intents: readonly [string, Partial<Report>][]) =>
    (
      await backend.push!(
        intents.map(([achievement, intent], index) => report(`r${index}`, achievement, intent)),
        callWith(),
      )
    ).map(({ outcome, code, achievement }) => [outcome, code ?? achievement?.state, achievement?.progress?.current]);

  it('does what is reported', async () => {
    const backend = make();
    expect(
      await push(backend, [
        ['1', { add: 1 }],
        ['memory:1', { set: 1 }],
        ['1', { set: 3 }],
        ['mine', { unlock: true }],
        ['3', { unlock: true }],
        ['5', { set: 10 }],
        ['3', { set: 1 }],
        ['4', { unlock: true }],
        ['9', { unlock: true }],
        ['1', { add: 0 }],
        ['1', { set: NaN }],
      ]),
    ).toEqual([
      ['accepted', 'in-progress', 2],
      ['accepted', 'in-progress', 2],
      ['accepted', 'unlocked', 3],
      ['accepted', 'unlocked', undefined],
      ['accepted', 'unlocked', undefined],
      ['accepted', 'unlocked', 10],
      ['rejected', 'invalid', undefined],
      ['rejected', 'not-open', undefined],
      ['rejected', 'unknown-achievement', undefined],
      ['rejected', 'invalid', undefined],
      ['rejected', 'invalid', undefined],
    ]);
    const { achievements } = (await backend.pull(undefined, callWith())) as Fresh;
    expect(achievements.map(({ id, state, unlockedAt }) => [id, state, unlockedAt])).toEqual([
      ['1', 'unlocked', at],
      ['2', 'unlocked', at],
      ['3', 'unlocked', at],
      ['4', 'scheduled', undefined],
      ['5', 'unlocked', Date.UTC(2020, 0, 1)],
    ]);
    expect(achievements.map(({ order }) => order)).toEqual([0, 1, 2, 3, 4]);
  });

  it('does nothing twice, says again what it rejected, recalls both, and tells who listens', async () => {
    const backend = make();
    let told = 0;
    backend.listen!(() => told++, callWith());
    const reports = [report('a', '1', { add: 1 }), report('b', '9', { add: 1 })];
    const outcomes = (answers: readonly ReportAnswer[]) => answers.map(({ outcome }) => outcome);
    expect(outcomes(await backend.push!(reports, callWith()))).toEqual(['accepted', 'rejected']);
    expect(outcomes(await backend.push!(reports, callWith()))).toEqual(['duplicate', 'rejected']);
    expect(told).toBe(1);
    expect(((await backend.pull(undefined, callWith())) as Fresh).achievements[0]?.progress?.current).toBe(2);
    expect(outcomes(await backend.recall!(['a', 'b', 'c'], callWith()))).toEqual(['accepted', 'rejected']);
    const aborted = callWith({ signal: AbortSignal.abort('reason') });
    await expect(backend.push!(reports, aborted)).rejects.toBe('reason');
  });
});

describe('combine', () => {
  const library = (id: string, names: readonly string[], more: Partial<Backend> = {}) => {
    const inner = memory({ achievements: names.map((name) => ({ id: name, name, key: `${id}:${name}` })) });
    const pushed: string[][] = [];
    const push = async (reports: readonly Report[]) => {
      pushed.push(reports.map((each) => each.id));
      return reports.map((each) => ({ id: each.id, outcome: 'accepted' as const }));
    };
    const backend: Backend = { id, scope: `${id} list`, pull: inner.pull, push, ...more };
    return Object.assign(backend, { pushed });
  };
  const outcomes = (answers: readonly ReportAnswer[]) => answers.map(({ id, outcome, code }) => [id, code ?? outcome]);

  it('takes no reports where no service does', () => {
    const { push: _push, ...readOnly } = library('a', []);
    const { push, recall, refuses, reportScope, pushLimit, remembersFor } = combine(readOnly, json({ src }));
    expect([push, recall, refuses, reportScope, pushLimit, remembersFor]).toEqual(Array(6).fill(undefined));
  });

  it('has the smallest figures, and the places of those that take reports', () => {
    const { push: _push, ...readOnly } = library('c', [], { remembersFor: 1 });
    const combined = combine(
      library('a', [], { pushLimit: 10, remembersFor: 5, reportScope: 'there' }),
      library('b', [], { remembersFor: 3 }),
      readOnly,
    );
    expect(combined).toMatchObject({ pushLimit: 10, remembersFor: 3, reportScope: '[["a","there"],["b","b list"]]' });
  });

  it('sends each report where it belongs, by key and by what the services gave', async () => {
    const a = library('a', ['1', '2']);
    const b = library('b', ['2', '3']);
    const { push: _push, ...readOnly } = library('c', ['4']);
    const combined = combine(a, b, readOnly);
    const answers = await combined.push!(
      [
        report('r1', 'a:1', { add: 1 }),
        report('r2', 'b:new', { add: 1 }),
        report('r3', '3', { add: 1 }),
        report('r4', '2', { add: 1, key: 'b:2' }),
        report('r5', '2', { add: 1 }),
        report('r6', '4', { add: 1 }),
        report('r7', 'c:4', { add: 1 }),
        report('r8', '9', { add: 1 }),
      ],
      callWith(),
    );
    expect([a.pushed, b.pushed]).toEqual([[['r1']], [['r2', 'r3', 'r4']]]);
    expect(outcomes(answers).sort()).toEqual([
      ['r1', 'accepted'],
      ['r2', 'accepted'],
      ['r3', 'accepted'],
      ['r4', 'accepted'],
      ['r6', 'read-only'],
      ['r7', 'read-only'],
      ['r8', 'unknown-achievement'],
    ]);
    expect(combined.refuses!({ achievement: '2', add: 1 })).toMatch(/by its key/);
    expect(combined.refuses!({ achievement: '4', add: 1 })).toMatch(/Nothing can be reported to c/);
    expect(combined.refuses!({ achievement: '9', add: 1 })).toMatch(/No service has this/);
    expect(combined.refuses!({ achievement: '1', add: 1 })).toBeUndefined();
  });

  it('rejects nothing that a service which cannot be read may know', async () => {
    const broken = library('b', [], { pull: () => Promise.reject(new Error('down')) });
    const combined = combine(library('a', ['1']), broken);
    expect(await combined.push!([report('r', '9', { add: 1 })], callWith())).toEqual([]);
    expect(combined.refuses!({ achievement: '9', add: 1 })).toBeUndefined();
  });

  it('asks the service that a report is for whether it takes it', () => {
    const combined = combine(library('a', ['1']), xbox({ src, update }));
    expect(combined.refuses!({ achievement: 'xbox:1370999b-fca2-4c53-8ec5-000000000000/1', add: 1 })).toMatch(
      /no "add"/,
    );
    expect(combined.refuses!({ achievement: 'a:1', add: 1 })).toBeUndefined();
  });

  it('gives the answers of the others where one service fails, and throws where nobody answered', async () => {
    const failing = library('b', ['2'], { push: () => Promise.reject(new Error('down')) });
    const combined = combine(library('a', ['1']), failing);
    const both = [report('r1', 'a:1', { add: 1 }), report('r2', 'b:2', { add: 1 })];
    expect(outcomes(await combined.push!(both, callWith()))).toEqual([['r1', 'accepted']]);
    expect((await problemOf(combined.push!([both[1]!], callWith()))).message).toMatch(/^b: .*down/);
  });

  it('recalls from all that can, and not at all where one of them fails', async () => {
    const answer = (id: string) => async (ids: readonly string[]) =>
      ids.filter((each) => each === id).map((each) => ({ id: each, outcome: 'accepted' as const }));
    const a = library('a', [], { recall: answer('r1') });
    const combined = combine(a, library('b', [], { recall: answer('r2') }), library('c', []));
    expect(outcomes(await combined.recall!(['r1', 'r2', 'r3'], callWith()))).toEqual([
      ['r1', 'accepted'],
      ['r2', 'accepted'],
    ]);
    const failing = library('b', [], { recall: () => Promise.reject(new Error('down')) });
    await expect(combine(a, failing).recall!(['r1'], callWith())).rejects.toThrow('down');
    expect(combine(library('c', [])).recall).toBeUndefined();
  });
});

describe('overridden', () => {
  it('passes everything on, to the same place, and dresses the achievements of answers', async () => {
    const inner = memory({
      achievements: [{ id: 1, name: 'One', progress: { current: 1, target: 3 } }],
      scope: 'mine',
    });
    const full: Backend = { ...inner, pushLimit: 7, remembersFor: 9, refuses: () => 'no', translate: () => [] };
    const backend = overridden(full, { achievements: { 1: { name: 'Eins', order: 5 } } });
    expect(backend).toMatchObject({ reportScope: 'mine', pushLimit: 7, remembersFor: 9 });
    expect(backend.scope).not.toBe('mine');
    expect(backend.refuses!({ achievement: '1' })).toBe('no');
    expect(backend.translate!('')).toEqual([]);
    expect(overridden({ ...full, reportScope: 'there' }, { achievements: {} }).reportScope).toBe('there');

    const before = await backend.push!([report('a', '1', { add: 1 })], callWith());
    expect(before).toEqual([{ id: 'a', outcome: 'accepted' }]);
    await backend.pull(undefined, callWith());
    const [after] = await backend.push!([report('b', '1', { add: 1 })], callWith());
    expect(after).toMatchObject({ outcome: 'accepted', achievement: { name: 'Eins', state: 'unlocked' } });
    expect(after!.achievement).not.toHaveProperty('order');
    expect((await backend.recall!(['b'], callWith()))[0]?.achievement?.name).toBe('Eins');
  });
});
