import { describe, expect, it } from 'vitest';
import { json } from '../../../src/backends/json.js';
import { memory } from '../../../src/backends/memory.js';
import { overridden } from '../../../src/backends/overrides.js';
import {
  type Achievement,
  type Backend,
  type Fresh,
  type Overrides,
  ProblemError,
  type Validator,
  mask,
} from '../../../src/model/index.js';
import { callWith, jsonResponse, members, problemOf, service } from './support.js';

const src = 'https://game.example/achievements';
const file = 'https://cdn.example/shop/overrides.json?key=hidden';
const library = [
  { id: 1, name: 'First', description: 'One' },
  { id: 2, name: 'Second', secret: true, apiName: 'TheSecond' },
  { id: 3, name: 'Third' },
];
const given = (achievements: object) => ({ achievements }) as Overrides;

/** A service and a file of overrides at their addresses; both can be changed. */
function world(achievements: object = { 1: { name: 'Erstes' } }) {
  const state = {
    library: library as readonly object[],
    file: (() => jsonResponse({ achievements })) as () => Response | Promise<Response>,
  };
  const server = service(({ url }) => (url === file ? state.file() : jsonResponse({ achievements: state.library })));
  return Object.assign(state, {
    requests: server.requests,
    call: (facts = {}) => callWith({ fetch: server.fetch, ...facts }),
    asked: () => server.requests.map(({ url }) => (url === file ? 'file' : 'service')),
  });
}

async function fresh(backend: Backend, known: Validator | undefined, call: Parameters<Backend['pull']>[1]) {
  const answer = await backend.pull(known, call);
  if (answer === 'unchanged') throw new Error('It said "unchanged".');
  return answer;
}

const names = ({ achievements }: Fresh) => achievements.map(({ name }) => name);

async function readAll(achievements: object, language?: string): Promise<Fresh> {
  return fresh(overridden(memory({ achievements: library }), given(achievements), language), undefined, callWith());
}

async function readOne(override: object): Promise<Achievement> {
  return (await readAll({ 1: override })).achievements[0]!;
}

describe('overrides', () => {
  it('come from an object', async () => {
    const { achievements, problem } = await readAll(
      { 'memory:1': { name: 'One' }, TheSecond: { languages: { de: { name: 'Zwei' } } }, Third: { category: 'Last' } },
      'de-CH',
    );
    expect(achievements.map(({ name, category }) => [name, category])).toEqual([
      ['One', undefined],
      ['Zwei', undefined],
      ['Third', 'Last'],
    ]);
    expect(problem).toBeUndefined();
  });

  it('come from a file, with pictures relative to it, also where it was moved', async () => {
    const state = world();
    state.file = () => {
      const response = jsonResponse({
        achievements: { 1: { icon: 'a.png', art: '/b.png', rewards: [{ image: 'c.png' }] } },
      });
      return Object.defineProperty(response, 'url', { value: 'https://cdn.example/moved/x/y.json' });
    };
    const [first] = (await fresh(overridden(json({ src }), file), undefined, state.call())).achievements;
    expect(first?.media).toEqual({
      icon: { url: 'https://cdn.example/moved/x/a.png' },
      art: { url: 'https://cdn.example/b.png' },
    });
    expect(first?.rewards).toEqual([{ kind: 'other', image: 'https://cdn.example/moved/x/c.png' }]);
  });

  it('take rewards as the JSON protocol has them, in place of the service’s', async () => {
    expect((await readOne({ points: '10' })).rewards).toEqual([{ kind: 'points', value: 10 }]);
    expect((await readOne({ rewards: [{ kind: 'item', name: 'A cup' }], points: 5 })).rewards).toEqual([
      { kind: 'item', name: 'A cup' },
      { kind: 'points', value: 5 },
    ]);
    const rich = memory({ achievements: [{ id: 1, name: 'A', points: 7 }] });
    const none = await fresh(overridden(rich, given({ 1: { rewards: [] } })), undefined, callWith());
    expect(none.achievements[0]?.rewards).toEqual([]);
  });

  it('that are null or blank are none', async () => {
    const blank = { name: ' ', description: null, icon: '', order: '', rewards: null, points: null, languages: null };
    expect(await readOne(blank)).toEqual((await readAll({})).achievements[0]);
  });

  it('move achievements, and number them anew', async () => {
    const { achievements } = await readAll({ 3: { order: '1' } });
    expect(achievements.map(({ id, order }) => [id, order])).toEqual([
      ['3', 0],
      ['1', 1],
      ['2', 2],
    ]);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,<script>',
    'data:image/svg+xml;base64,PHN2Zz4=',
    'http://plain.example/a.png',
    'https://user:secret@evil.example/a.png',
    'blob:https://game.example/1',
    'https://',
  ])('never make a picture of %s', async (icon) => {
    const { call } = world({ 1: { icon, art: icon, rewards: [{ kind: 'item', image: icon }] } });
    const [first] = (await fresh(overridden(json({ src }), file), undefined, call())).achievements;
    expect(first?.media).toEqual({});
    expect(first?.rewards).toEqual([{ kind: 'item' }]);
  });

  it('leave a secret what it is: no override makes it public, and its mask shows nothing of one', async () => {
    const { achievements } = await readAll({
      2: { name: 'canary', icon: 'https://a.example/canary', category: 'canary', secret: false, state: 'unlocked' },
    });
    expect(achievements[1]).toMatchObject({ name: 'canary', secret: true, state: 'locked' });
    expect(JSON.stringify(mask(achievements[1]!))).not.toContain('canary');
  });

  it('are no data that could not be stored: nothing is undefined, and every text has an end', async () => {
    const long = 'x'.repeat(1e6);
    const text = { name: long, description: long, lockedDescription: long, category: long };
    const { achievements } = await readAll({ 1: { ...text, languages: { de: text } } }, 'de');
    expect(structuredClone(achievements)).toEqual(achievements);
    for (const [path, value] of members(achievements)) expect(value, path).not.toBeUndefined();
    expect(JSON.stringify(achievements).length).toBeLessThan(6000);
  });
});

describe('bad overrides', () => {
  it('are left out one by one and told, the rest applies', async () => {
    const { achievements, problem } = await readAll(
      {
        1: { name: 'Good', languages: { de: { name: ['x'] }, en: { description: 'Good' }, fr: 'Non' } },
        3: { icon: { url: 7 }, name: 'Bad' },
        typo: null,
        'memory:3': [],
        Third: { category: 'Good' },
      },
      'en',
    );
    expect(achievements.map(({ name, description, category }) => [name, description, category])).toEqual([
      ['Good', 'Good', undefined],
      ['Second', '', undefined],
      ['Bad', '', undefined],
    ]);
    expect(problem).toEqual({
      code: 'bad-shape',
      message: expect.stringMatching(
        /^3 of 8 overrides could not be read and were left out: \[0\] languages fr item: expected object; \[2\] item: expected object; \[3\] item: expected object\. 2 values of the overrides/,
      ) as string,
      skipped: [
        { index: 0, id: '1', reason: 'languages fr item: expected object' },
        { index: 2, reason: 'item: expected object' },
        { index: 3, id: 'memory:3', reason: 'item: expected object' },
      ],
      omitted: [
        { index: 0, id: '1', member: 'languages de name', expected: 'string' },
        { index: 1, id: '3', member: 'icon.url', expected: 'string' },
      ],
    });
  });

  it('tell no name of a secret, as a key can be', async () => {
    const { problem } = await readAll({ Second: 'bad', TheSecond: 'bad', First: 'bad', 2: 'bad' });
    expect(problem?.skipped?.map(({ id }) => id)).toEqual(['2', undefined, undefined, 'First']);
    expect(JSON.stringify(problem)).not.toContain('Second');
  });

  it('are told beside what the service’s answer lacks', async () => {
    const backend = memory({ achievements: [...library, { id: 4 } as never] });
    const { problem } = await fresh(overridden(backend, given({ 1: 'bad' })), undefined, callWith());
    expect(problem?.skipped?.map(({ reason }) => reason)).toEqual(['name: expected string', 'item: expected object']);
    expect(problem?.message).toMatch(/1 of 4 achievements .* 1 of 1 overrides/);
  });

  it.each(['__proto__', 'constructor', 'toString'])('named %s change no other object', async (name) => {
    const { call } = world(
      JSON.parse(`{"${name}": {"name": "Bad", "languages": {"${name}": {"name": "Bad"}}}}`) as object,
    );
    const answer = await fresh(overridden(json({ src }), file, name), undefined, call());
    expect(names(answer)).toEqual(['First', 'Second', 'Third']);
    expect({}).not.toHaveProperty('name');
    expect(answer.problem).toBeUndefined();
  });

  it.each([null, 7, 'text', [[]], {}, { achievements: null }, { achievements: [] }, { achievements: 'x' }])(
    '%j is a problem and no list of overrides, as an object and as a file',
    async (body) => {
      const state = world();
      state.file = () => jsonResponse(JSON.stringify(body));
      // A text is an address.
      const both = typeof body === 'string' ? [file] : [body as unknown as Overrides, file];
      for (const overrides of both) {
        const answer = await fresh(overridden(json({ src }), overrides), undefined, state.call());
        expect(names(answer)).toEqual(['First', 'Second', 'Third']);
        expect(answer.problem?.code).toBe('bad-shape');
        expect(answer.problem?.message).toMatch(/^overrides: .* holds none/);
      }
    },
  );
});

describe('a file of overrides that cannot be read', () => {
  const faults: readonly (readonly [string, string, () => Response | Promise<Response>])[] = [
    ['a 404', 'not-found', () => new Response('', { status: 404 })],
    ['a 401', 'unauthorized', () => new Response('', { status: 401 })],
    ['a 500', 'server', () => new Response('', { status: 500 })],
    ['no JSON', 'bad-shape', () => jsonResponse('{"achievements": {')],
    ['HTML', 'bad-shape', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
    ['something huge', 'too-large', () => jsonResponse(JSON.stringify('x'.repeat(5 * 2 ** 20)))],
    ['no answer', 'offline', () => Promise.reject(new TypeError('Failed to fetch'))],
  ];

  it.each(faults)('(%s) costs only itself, and the problem says which file', async (_name, code, answer) => {
    const state = world();
    state.file = answer;
    const result = await fresh(overridden(json({ src }), file), undefined, state.call());
    expect(names(result)).toEqual(['First', 'Second', 'Third']);
    expect(result.problem?.code).toBe(code);
    expect(result.problem?.message).toMatch(/^overrides: \/shop\/overrides\.json /);
    expect(result.problem?.message).not.toContain('hidden');
    expect(result).not.toHaveProperty('validator');
  });

  it.each(faults)('(%s) leaves what the last one said', async (_name, code, answer) => {
    const state = world();
    const backend = overridden(json({ src }), file);
    const { validator } = await fresh(backend, undefined, state.call());
    state.file = answer;
    expect((await problemOf(backend.pull(validator, state.call()))).code, 'the caller keeps its list').toBe(code);
    state.library = [...library, { id: 4, name: 'Fourth' }];
    const result = await fresh(backend, validator, state.call());
    expect(names(result)).toEqual(['Erstes', 'Second', 'Third', 'Fourth']);
    expect(result.problem?.code).toBe(code);
    expect(result).not.toHaveProperty('validator');
  });

  it('control: a decorator that waits for both hides the list with the file', async () => {
    const state = world();
    state.file = () => new Response('', { status: 404 });
    const { fetch } = state.call();
    const naive = Promise.all([
      json({ src }).pull(undefined, state.call()),
      fetch(file).then((response) => {
        if (!response.ok) throw new ProblemError({ code: 'not-found', message: 'No file.' });
      }),
    ]);
    expect((await problemOf(naive)).code).toBe('not-found');
  });

  it('holds up the list for five seconds at most', async () => {
    const state = world();
    state.file = () => new Promise(() => undefined);
    const call = state.call();
    const pulling = fresh(overridden(json({ src }), file), undefined, call);
    await call.clock.advance(5000);
    expect((await pulling).problem).toMatchObject({ code: 'timeout' });
    expect(names(await pulling)).toEqual(['First', 'Second', 'Third']);
  });

  it.each(['', ' ', 'https://', 'https://user:password@cdn.example/a.json'])(
    'because %j is no address says so',
    async (address) => {
      const { problem, achievements } = await fresh(overridden(json({ src }), address), undefined, world().call());
      expect(achievements).toHaveLength(3);
      expect(problem).toMatchObject({ code: 'not-found', message: expect.stringMatching(/^overrides: /) as string });
      expect(problem?.message).not.toContain('password@');
    },
  );

  it('is no matter once the answer is not wanted any more', async () => {
    const state = world();
    const controller = new AbortController();
    state.file = () => {
      controller.abort('reason');
      return new Response('', { status: 404 });
    };
    const backend = overridden(memory({ achievements: library }), file);
    await expect(backend.pull(undefined, state.call({ signal: controller.signal }))).rejects.toBe('reason');
  });

  it('does not stand in the way of what the service’s failure says', async () => {
    const state = world();
    state.file = () => new Response('', { status: 404 });
    const failing: Backend = {
      id: 'test',
      scope: '',
      pull: () => Promise.reject(new ProblemError({ code: 'rate-limited', message: 'Later.' })),
    };
    expect(await problemOf(overridden(failing, file).pull(undefined, state.call()))).toEqual({
      code: 'rate-limited',
      message: 'Later.',
    });
  });
});

describe('"unchanged"', () => {
  it('is said where both the service and the overrides are the same, also after a reload', async () => {
    const state = world();
    const { validator } = await fresh(overridden(json({ src }), file), undefined, state.call());
    expect(await overridden(json({ src }), file).pull(structuredClone(validator), state.call())).toBe('unchanged');
  });

  it('is not said where only the overrides changed: the service is read anew', async () => {
    const state = world();
    const backend = overridden(json({ src }), file);
    const { validator } = await fresh(backend, undefined, state.call());
    state.file = () => jsonResponse({ achievements: { 1: { name: 'Uno' } } });
    state.requests.length = 0;
    const answer = await fresh(backend, validator, state.call());
    expect(names(answer)).toEqual(['Uno', 'Second', 'Third']);
    expect(state.asked()).toEqual(['service', 'file', 'service']);
    expect(await backend.pull(answer.validator, state.call())).toBe('unchanged');
  });

  it('is not said where only the service changed', async () => {
    const state = world();
    const backend = overridden(json({ src }), file);
    const { validator } = await fresh(backend, undefined, state.call());
    state.library = library.slice(0, 1);
    expect(names(await fresh(backend, validator, state.call()))).toEqual(['Erstes']);
  });

  it('control: the service’s own validator says "unchanged" although the overrides changed', async () => {
    const state = world();
    const { validator } = await fresh(json({ src }), undefined, state.call());
    state.file = () => jsonResponse({ achievements: {} });
    expect(await json({ src }).pull(validator, state.call())).toBe('unchanged');
  });

  it('is said by the service’s ETags too, which stay with it', async () => {
    const asked: (string | null)[] = [];
    const { fetch } = service(({ url, headers }) => {
      if (url === file) return { achievements: {} };
      asked.push(headers.get('if-none-match'));
      if (headers.has('if-none-match')) return new Response(null, { status: 304 });
      return jsonResponse({ achievements: library }, { headers: { etag: '"7"' } });
    });
    const backend = overridden(json({ src }), file);
    const { validator } = await fresh(backend, undefined, callWith({ fetch }));
    expect(await backend.pull(validator, callWith({ fetch }))).toBe('unchanged');
    expect(asked).toEqual([null, '"7"']);
  });

  it('keeps what was told of bad overrides: the file is the same, and so is the problem', async () => {
    const state = world({ 1: 'bad' });
    const backend = overridden(json({ src }), file);
    const { validator, problem } = await fresh(backend, undefined, state.call());
    expect(problem?.code).toBe('bad-shape');
    expect(await backend.pull(validator, state.call())).toBe('unchanged');
  });

  it.each(['', 'x', 'a b', ' ', '[]', '[null,{}]', 'a  b c'])(
    'is not said for a validator of others: %j',
    async (digest) => {
      expect(names(await fresh(overridden(json({ src }), file), { digest }, world().call()))).toHaveLength(3);
    },
  );
});

describe('a backend with overrides', () => {
  it('asks the file for what is in it now, without a token, beside the service', async () => {
    const state = world();
    await overridden(json({ src }), file).pull(
      undefined,
      state.call({ token: () => 'very-secret-token', locale: 'de' }),
    );
    expect(state.asked().sort()).toEqual(['file', 'service']);
    const of = (url: string) => state.requests.find((request) => request.url === url)!;
    expect(of(src).headers.get('authorization')).toBe('Bearer very-secret-token');
    expect(of(file).headers.has('authorization')).toBe(false);
    expect(of(file).init.cache).toBe('no-cache');
    expect(of(src).init.cache).toBe('no-store');
  });

  it('is the same service with a scope of its own for each file, object and language', () => {
    const plain = json({ src });
    const scopes = [
      plain,
      overridden(plain, file),
      overridden(plain, `${file}2`),
      overridden(plain, file, 'de'),
      overridden(plain, given({})),
      overridden(plain, given({ 1: { name: 'x' } })),
      overridden(plain, given({ 1: { name: 'x' } }), 'de'),
      overridden(json({ src: `${src}2` }), file),
    ].map(({ scope }) => scope);
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(overridden(plain, given({})).scope).toBe(overridden(plain, given({})).scope);
    expect(overridden(plain, file).id).toBe('json');
  });

  it('passes on reports and news of changes, and has neither verb where the service has not', async () => {
    const source = memory();
    let told = 0;
    overridden(source, file).listen?.(() => told++, callWith());
    source.set([]);
    expect(told).toBe(1);
    class Writable implements Backend {
      readonly id = 'test';
      readonly scope = '';
      readonly #answers = [{ id: 'r', outcome: 'accepted' as const }];
      pull = () => Promise.resolve('unchanged' as const);
      push() {
        return Promise.resolve(this.#answers);
      }
    }
    expect(await overridden(new Writable(), file).push?.([], callWith())).toEqual([{ id: 'r', outcome: 'accepted' }]);
    expect(Object.keys(overridden(json({ src }), file)).sort()).toEqual(['id', 'pull', 'scope', 'translate']);
  });

  it('keeps the total that the service tells', async () => {
    const { fetch } = service(({ url }) => (url === file ? { achievements: {} } : { achievements: library, total: 9 }));
    expect((await fresh(overridden(json({ src }), file), undefined, callWith({ fetch }))).total).toBe(9);
  });
});
