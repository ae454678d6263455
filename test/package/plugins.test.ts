import { describe, expect, it } from 'vitest';
import { guardedTrustedTypesPolicy, smallerTemplates } from '../../scripts/plugins.mjs';

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
