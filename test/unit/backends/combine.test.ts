import { describe, expect, it } from 'vitest';
import { combine, together } from '../../../src/backends/combine.js';
import { memory } from '../../../src/backends/memory.js';
import {
  type Backend,
  type Fresh,
  type Problem,
  ProblemError,
  type Validator,
  completenessOf,
  isForHostOnly,
} from '../../../src/model/index.js';
import { callWith, problemOf } from './support.js';

/** A part whose answers are set by the test. */
function part(id: string) {
  const library = memory();
  const state = {
    fails: undefined as Error | undefined,
    pulls: [] as (Validator | undefined)[],
    total: undefined as number | undefined,
    members: {} as Partial<Fresh>,
  };
  const backend: Backend = {
    id,
    scope: '',
    pull: async (known, call) => {
      state.pulls.push(known);
      if (state.fails) throw state.fails;
      const answer = await library.pull(known, call);
      if (answer === 'unchanged') return answer;
      return { ...answer, ...(state.total === undefined ? {} : { total: state.total }), ...state.members };
    },
  };
  const set = (...names: string[]) => library.set(names.map((name) => ({ id: name, key: `${id}:${name}`, name })));
  return Object.assign(state, { backend, set });
}

const down = (code: 'offline' | 'server' | 'rate-limited', facts = {}) =>
  new ProblemError({ code, message: `It is ${code}.`, ...facts });
const keys = (answer: Fresh | 'unchanged') =>
  answer === 'unchanged' ? answer : answer.achievements.map(({ key }) => key);

function two() {
  const a = part('a');
  const b = part('b');
  a.set('1', '2');
  b.set('1');
  return { a, b, make: () => combine(a.backend, b.backend) };
}

describe('combine', () => {
  it('shows several services as one library, in order', async () => {
    const { make } = two();
    const fresh = (await make().pull(undefined, callWith())) as Fresh;
    expect(keys(fresh)).toEqual(['a:1', 'a:2', 'b:1']);
    expect(fresh.achievements.map(({ order }) => order)).toEqual([0, 1, 2]);
    expect(fresh).not.toHaveProperty('problem');
    expect(fresh).not.toHaveProperty('total');
  });

  it('says "unchanged" where all parts do, also after a reload', async () => {
    const { make } = two();
    const { validator } = (await make().pull(undefined, callWith())) as Fresh;
    expect(await make().pull(structuredClone(validator), callWith())).toBe('unchanged');
  });

  it('gives everything where one part changed, also after a reload', async () => {
    const { a, b, make } = two();
    const combined = make();
    const { validator } = (await combined.pull(undefined, callWith())) as Fresh;
    a.set('3');
    expect(keys(await combined.pull(validator, callWith()))).toEqual(['a:3', 'b:1']);
    b.pulls.length = 0;
    expect(keys(await make().pull(validator, callWith()))).toEqual(['a:3', 'b:1']);
    expect(b.pulls).toEqual([expect.anything(), undefined]);
  });

  it('adds up the totals where a service tells more than it gave', async () => {
    const { a, make } = two();
    a.total = 9;
    expect(((await make().pull(undefined, callWith())) as Fresh).total).toBe(10);
  });

  it('shows a key once, from the first service', async () => {
    const twin = memory({ achievements: [{ id: 1, key: 'same', name: 'First' }] });
    const other = memory({ achievements: [{ id: 1, key: 'same', name: 'Second' }] });
    const fresh = (await combine(twin, other).pull(undefined, callWith())) as Fresh;
    expect(fresh.achievements.map(({ name }) => name)).toEqual(['First']);
  });

  it('keeps the last good achievements of a service that fails, and names it', async () => {
    const { a, b, make } = two();
    const combined = make();
    const { validator } = (await combined.pull(undefined, callWith())) as Fresh;
    a.set('3');
    b.fails = down('server', { status: 500, retryAfter: 5 });
    const fresh = (await combined.pull(validator, callWith())) as Fresh;
    expect(keys(fresh)).toEqual(['a:3', 'b:1']);
    expect(fresh.problem).toEqual({ code: 'server', message: 'b: It is server.', status: 500, retryAfter: 5 });
  });

  it('throws what failed where nothing else is new: the caller keeps its library', async () => {
    const { b, make } = two();
    const combined = make();
    const { validator } = (await combined.pull(undefined, callWith())) as Fresh;
    b.fails = down('offline');
    expect(await problemOf(combined.pull(validator, callWith()))).toMatchObject({
      code: 'offline',
      message: 'b: It is offline.',
    });
  });

  it('replaces nothing after a reload where a service fails of which something is shown', async () => {
    const { a, b, make } = two();
    const { validator } = (await make().pull(undefined, callWith())) as Fresh;
    a.set('3');
    b.fails = down('server');
    expect((await problemOf(make().pull(validator, callWith()))).message).toBe('b: It is server.');
  });

  it('shows the others where nothing of the failing service was there, and never as if complete', async () => {
    const { a, b, make } = two();
    a.total = 2;
    b.fails = down('server');
    const fresh = (await make().pull(undefined, callWith())) as Fresh;
    expect(keys(fresh)).toEqual(['a:1', 'a:2']);
    expect(fresh.problem?.message).toBe('b: It is server.');
    expect(fresh).not.toHaveProperty('total');

    // Still failing after a reload: a is still not replaced by less, and may be replaced by more.
    a.set('1', '2', '3');
    expect(keys(await make().pull(fresh.validator, callWith()))).toEqual(['a:1', 'a:2', 'a:3']);
    // Now the other one fails: what is shown of a must stay.
    a.fails = down('offline');
    b.fails = undefined;
    expect((await problemOf(make().pull(fresh.validator, callWith()))).message).toBe('a: It is offline.');
    // Both are back.
    a.fails = undefined;
    expect(keys(await make().pull(fresh.validator, callWith()))).toEqual(['a:1', 'a:2', 'a:3', 'b:1']);
  });

  it('control: a combination that just joins what it gets erases the achievements of a failing service', async () => {
    const { b, make } = two();
    const naive = async () => {
      const [first, second] = await Promise.allSettled([
        make().pull(undefined, callWith()),
        b.backend.pull(undefined, callWith()),
      ]);
      return [first, second].filter(({ status }) => status === 'fulfilled').length;
    };
    expect(await naive()).toBe(2);
    b.fails = down('offline');
    expect(await naive()).toBe(1);
  });

  it('throws all problems together where every service fails', async () => {
    const { a, b, make } = two();
    a.fails = down('rate-limited', { retryAfter: 5 });
    b.fails = new Error('broken');
    expect(await problemOf(make().pull(undefined, callWith()))).toEqual({
      code: 'rate-limited',
      message: expect.stringMatching(/^a: It is rate-limited\. b: .*broken/) as string,
      retryAfter: 5,
    });
  });

  it('keeps nothing of one player for another, nor after a sign-out', async () => {
    const { a, b, make } = two();
    const combined = make();
    const { validator } = (await combined.pull(undefined, callWith({ player: '1' }))) as Fresh;
    a.set('3');
    b.fails = down('server');
    expect((await problemOf(combined.pull(validator, callWith({ player: '2' })))).code).toBe('server');
    b.fails = undefined;
    await combined.pull(undefined, callWith({ player: '1' }));
    b.fails = down('server');
    expect(keys(await combined.pull(undefined, callWith({ player: '1' })))).toEqual(['a:3']);
  });

  it('survives a validator that is not its own', async () => {
    const { make } = two();
    for (const digest of ['', 'x', '[]', '[null,null,null]', '{}', '[1,2]', '["a",{"digest":7}]']) {
      expect(keys(await make().pull({ digest }, callWith()))).toEqual(['a:1', 'a:2', 'b:1']);
    }
  });

  it('of nothing is an empty library', async () => {
    expect(keys(await combine().pull(undefined, callWith()))).toEqual([]);
  });

  it('names its parts in its scope, listens to those that can be listened to, and ends with the signal', async () => {
    const source = memory({ scope: 'x' });
    const combined = combine(source, part('a').backend);
    expect(combined.scope).toBe('[["memory","x"],["a",""]]');
    let told = 0;
    combined.listen?.(() => told++, callWith());
    source.set([]);
    expect(told).toBe(1);
    expect(combine(part('a').backend)).not.toHaveProperty('listen');
    await expect(combined.pull(undefined, callWith({ signal: AbortSignal.abort('reason') }))).rejects.toBe('reason');
  });
});

describe('what a combination has of all there is', () => {
  const incomplete: Problem = { code: 'incomplete', message: 'Only 2 of 73 achievements are shown.' };
  const pulled = async ({ make }: ReturnType<typeof two>) => (await make().pull(undefined, callWith())) as Fresh;

  it('is short where a part is, by as many, and the part is named', async () => {
    const parts = two();
    parts.a.total = 73;
    parts.a.members = { problem: incomplete };
    const fresh = await pulled(parts);
    expect(completenessOf(fresh)).toEqual({ isWhole: false, known: 3, total: 74 });
    expect(fresh.problem).toEqual({ ...incomplete, message: 'a: Only 2 of 73 achievements are shown.' });
  });

  it('is short where nobody knows how many of a part are missing, whatever the others count', async () => {
    const parts = two();
    parts.a.members = { isPart: true, total: 2, problem: incomplete };
    parts.b.total = 9;
    expect(completenessOf(await pulled(parts))).toEqual({ isWhole: false, known: 3 });
  });

  it('is short where a service is missing altogether', async () => {
    const parts = two();
    parts.b.fails = down('server');
    const fresh = await pulled(parts);
    expect(completenessOf(fresh)).toEqual({ isWhole: false, known: 2 });
    expect(fresh.problem?.code).toBe('server');
  });

  it('is whole where a service that fails is there as it was', async () => {
    const { a, b, make } = two();
    const combined = make();
    const { validator } = (await combined.pull(undefined, callWith())) as Fresh;
    a.set('3');
    b.fails = down('server');
    expect(completenessOf((await combined.pull(validator, callWith())) as Fresh).isWhole).toBe(true);
  });

  it('is whole where what two services have in common is there once', async () => {
    const twin = part('a');
    const other = part('a');
    twin.set('1', '2');
    other.set('2', '3');
    Object.assign(twin, { total: 2 });
    Object.assign(other, { total: 2 });
    const fresh = (await combine(twin.backend, other.backend).pull(undefined, callWith())) as Fresh;
    expect(completenessOf(fresh)).toEqual({ isWhole: true, known: 3, total: 3 });
  });

  it('is not whole because another service gave more than it counts', async () => {
    const parts = two();
    parts.a.total = 0;
    parts.b.total = 2;
    expect(completenessOf(await pulled(parts))).toEqual({ isWhole: false, known: 3, total: 4 });
  });
});

describe('several problems as one', () => {
  const omitted: Problem = {
    code: 'bad-shape',
    message: 'A value.',
    omitted: [{ index: 0, member: 'icon', expected: 'a URL' }],
  };
  const skipped: Problem = { code: 'bad-shape', message: 'An entry.', skipped: [{ index: 1, reason: 'name' }] };
  const incomplete: Problem = { code: 'incomplete', message: 'Only 2 of 73.' };
  const unreadable: Problem = { code: 'bad-shape', message: 'No JSON.' };

  it.each([
    ['for the host alone where all are', [omitted, omitted], 'bad-shape', true],
    ['not for the host alone where one is not', [omitted, down('server').problem], 'server', false],
    ['not for the host alone where an answer was no answer', [omitted, unreadable], 'bad-shape', false],
    ['not for the host alone where entries are missing', [omitted, skipped], 'bad-shape', false],
    ['incomplete before what single entries lack', [skipped, incomplete], 'incomplete', false],
    ['the first of two that weigh the same', [down('server').problem, incomplete], 'server', false],
  ])('are %s', (_name, problems, code, isForHost) => {
    const isOrderTold = code === 'server' && problems.includes(incomplete);
    for (const order of isOrderTold ? [problems] : [problems, [...problems].reverse()]) {
      const all = together(order);
      expect([all.code, isForHostOnly(all)]).toEqual([code, isForHost]);
      for (const { message } of problems) expect(all.message).toContain(message);
      expect(all.skipped).toEqual(problems.includes(skipped) ? skipped.skipped : undefined);
    }
  });
});
