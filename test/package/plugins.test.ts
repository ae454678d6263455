import { describe, expect, it } from 'vitest';
import { build } from 'vite';
import { readItems } from '../../src/backends/items.js';
import { achievementSchema } from '../../src/backends/json.js';
import { guardedTrustedTypesPolicy, knownFacts, smallerTemplates } from '../../scripts/plugins.mjs';
import { root } from './dist.js';

describe('the smaller templates', () => {
  it.each([
    ['css`\n  a {\n    margin: 0 auto;\n  }\n`', 'css` a{margin:0 auto;}`'],
    ['css`a :hover { width: calc(1px + 2px) }`', 'css`a :hover{width:calc(1px + 2px)}`'],
    ['css`a::before { content: "x  ; {" }`', 'css`a::before{content:"x  ; {"}`'],
    ['css`/* why: because */ a, b { top: 0 }`', 'css` a,b{top:0}`'],
    ['css`:host { ${one} }\n .b { top: ${two}px }`', 'css`:host{${one}}.b{top:${two}px}`'],
    ['css`@media (min-width: 3px) and (hover) { a { b: c } }`', 'css`@media (min-width:3px) and (hover){a{b:c}}`'],
    ['html`<p>\n    one  two\n  </p>`', 'html`<p> one  two </p>`'],
    ['html`<a\n  class="x"\n  ?b=${c}>\n</a>`', 'html`<a class="x" ?b=${c}> </a>`'],
    ['html`${a.map((b) => html`\n  <li>${b}</li>`)}`', 'html`${a.map((b) => html` <li>${b}</li>`)}`'],
    ['const text = `\n  as it is\n`;', 'const text = `\n  as it is\n`;'],
  ])('%j becomes %j', (source, expected) => {
    expect(smallerTemplates(source)).toBe(expected);
  });
});

describe('the guard of the Trusted Types policy', () => {
  interface Hooks {
    buildStart(): void;
    transform: { handler(code: string): { code: string } };
    generateBundle(options: unknown, bundle: Record<string, { type: 'chunk'; code: string }>): void;
  }
  /** Builds a bundle of one file, as the bundler would. */
  function build(lit: string): string {
    const hooks = guardedTrustedTypesPolicy() as unknown as Hooks;
    const context = {
      error(message: string): never {
        throw new Error(message);
      },
    };
    hooks.buildStart();
    const { code } = hooks.transform.handler.call(context, lit);
    hooks.generateBundle.call(context, {}, { file: { type: 'chunk', code } });
    return code;
  }
  const lit = 's=globalThis.trustedTypes,e=s?s.createPolicy("lit-html",{createHTML:t=>t}):void 0';

  /** Runs the guarded code on a page that allows these names, each once. */
  function policyWhen(allowed: readonly string[]): unknown {
    const trustedTypes = {
      createPolicy(name: string) {
        if (!allowed.includes(name)) throw new TypeError('refused');
        return name;
      },
    };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text under test is code
    const run = new Function('globalThis', `let ${build(lit)}; return e`) as (world: object) => unknown;
    return run({ trustedTypes });
  }

  it.each([
    [['lit-html', 'achievement-elements'], 'lit-html'],
    [['achievement-elements'], 'achievement-elements'],
    [[], undefined],
  ])('on a page that allows %j the policy is %s', (allowed, policy) => {
    expect(policyWhen(allowed)).toBe(policy);
  });

  it('fails the build when Lit no longer reads as expected', () => {
    expect(() => build('s.makePolicy("lit-html")')).toThrow('scripts/plugins.mjs');
    expect(() => build(`${lit};${lit}`)).toThrow('scripts/plugins.mjs');
  });
});

describe('what is known', () => {
  /** The reader of entries and its schema, as they are in the one file. */
  async function withFacts(): Promise<{ readItems: typeof readItems; achievementSchema: typeof achievementSchema }> {
    const virtual = '/only/these.js';
    const result = await build({
      root,
      configFile: false,
      logLevel: 'error',
      plugins: [
        knownFacts(),
        {
          name: 'only-these',
          resolveId: (id) => (id === virtual ? id : undefined),
          load: (id) =>
            id === virtual
              ? ['items', 'json'].map((name) => `export * from '${root}/src/backends/${name}.ts';`).join('\n')
              : undefined,
        },
      ],
      build: { write: false, minify: false, rolldownOptions: { input: virtual, preserveEntrySignatures: 'strict' } },
    });
    const { output } = result as unknown as { output: [{ code: string }] };
    return (await import(`data:text/javascript,${encodeURIComponent(output[0].code)}`)) as never;
  }

  const good = { id: 1, name: 'A', media: { icon: { url: 'https://a.test/' } }, titles: [null, { id: 2 }], x: [] };
  const entries: unknown[] = [
    good,
    ...Object.keys(achievementSchema._zod.def.shape).flatMap((name) =>
      [null, 'text', 7, NaN, true, [], {}, [7], [{ id: [] }], { url: 7 }, { icon: 7 }, { startsAt: {} }].map(
        (value) => ({
          ...good,
          [name]: value,
        }),
      ),
    ),
    ...[null, 7, 'text', [], {}, Promise.resolve(good)],
  ];
  const place = { base: 'about:blank', list: 0 };
  const read = (reader: typeof readItems, schema: typeof achievementSchema) => {
    const passed: unknown[] = [];
    const { problem } = reader([{ entries: [...entries, good], ...place }], schema, (raw, { index }) => {
      passed.push(raw);
      return { key: String(index) } as never;
    });
    return { passed, problem };
  };

  it('changes nothing of what is read and what is refused', async () => {
    const built = await withFacts();
    const answer = read(built.readItems, built.achievementSchema);
    expect(answer.passed.length).toBeGreaterThan(80);
    expect(answer.problem?.skipped?.length).toBe(100);
    expect(answer).toEqual(read(readItems, achievementSchema));
  });

  it('fails the build when it no longer reads as expected', () => {
    const { handler } = knownFacts().transform as unknown as { handler(code: string, id: string): unknown };
    const context = {
      error(message: string): never {
        throw new Error(message);
      },
    };
    expect(() => handler.call(context, 'let a', '/node_modules/zod/v4/core/core.js')).toThrow('scripts/plugins.mjs');
  });
});
