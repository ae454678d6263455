import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { everyState } from '../../../demo/pages/every-state.js';
import { type Violation, openPage } from '../../support/elements/frames.js';

// The pages are in test/browser/pages/csp. All of what they do, they do in their own files.

interface Shown {
  readonly cards: number;
  readonly names: number;
  readonly openDetails: number;
  readonly masked: number;
  readonly styled: number;
}

interface OnPurpose {
  readonly threw: boolean;
  readonly violations: readonly Violation[];
  /** Of the style attribute that was written after it. */
  readonly styles: readonly Violation[];
}

interface States {
  readonly shown: readonly Shown[];
  readonly problem?: string;
  /** Before the page broke its policy on purpose. */
  readonly violations: readonly Violation[];
  readonly compiled: OnPurpose;
  readonly markup: OnPurpose;
}

interface Copies {
  /** What the host's own code failed at. */
  readonly failed: readonly string[];
  readonly hostText: string | null;
  readonly name: string | null;
}

interface Read {
  readonly names: readonly string[];
  readonly foreign: number;
}

interface Poisoned {
  /** From the device, after the next answer, and as a page gives it. */
  readonly painted: Read;
  readonly healed: Read;
  readonly shown: Read;
  /** Whether anything foreign did something. */
  readonly alive: boolean;
  /** Before the page rendered the same with Lit's own `html`. */
  readonly violations: readonly Violation[];
  /** How much of it was rendered then. */
  readonly control: number;
}

const HOST_TEXT = 'The host’s own template';
const OUR_NAME = 'King of the Hill';

const all = everyState(Date.UTC(2026, 0, 20)).map(({ achievement }) => achievement);
const count = all.length;
const secrets = all.filter(({ secret, state }) => secret && state !== 'unlocked').length;

/** Whether the engine has Trusted Types at all, told by a page that wrote markup on purpose. */
let enforces: boolean | undefined;

before(async () => {
  const { ok } = await fetch('/dist/cdn/achievement-elements.js', { method: 'HEAD' });
  if (!ok) throw new Error('There is no dist/cdn/achievement-elements.js: npm run build');
});

describe('the one-file build', function () {
  this.timeout(40_000);

  for (const policy of ['none', 'self', 'tt-lit', 'tt-lit-duplicates']) {
    it(`renders every state, and does nothing that is forbidden, under the policy "${policy}"`, async () => {
      const { done, errors, warnings } = await openPage<States>('states', { policy });
      expect(errors).to.deep.equal([]);
      expect(warnings).to.deep.equal([]);
      expect(done.violations).to.deep.equal([]);
      expect(done.problem).to.equal(undefined);
      const fromSource = done.shown.at(-1)!;
      expect(fromSource.cards).to.be.greaterThan(0);
      for (const [index, shown] of done.shown.slice(0, -1).entries()) {
        expect(shown).to.include({ cards: count, names: count, styled: count, masked: index % 2 === 0 ? secrets : 0 });
        if (index < 4) expect(shown.openDetails).to.equal(count - secrets);
      }

      if (policy === 'none') return;
      // The page broke its policy on purpose, and the same record has it.
      expect(done.compiled.threw, 'new Function').to.equal(true);
      // WebKit refuses to compile and tells nobody, unless Trusted Types come first; the two others tell.
      const silent = policy === 'self' && (await executeServerCommand('engine-asked-for')) === 'webkit';
      expect(done.compiled.violations).to.have.length(silent ? 0 : 1);
      if (!silent)
        expect(done.compiled.violations[0]!.directive).to.be.oneOf(['script-src', 'require-trusted-types-for']);
      expect(done.compiled.styles, 'a style attribute').to.have.length(1);
      if (policy === 'self') {
        expect(done.markup).to.include({ threw: false }).and.to.have.property('violations').that.is.empty;
        return;
      }
      // An engine without Trusted Types takes the markup and records nothing.
      enforces = done.markup.threw;
      expect(done.markup.violations, 'innerHTML').to.have.length(enforces ? 1 : 0);
    });
  }

  it('is tested under Trusted Types where the engine has them', () => {
    expect(enforces).to.equal('trustedTypes' in window);
  });

  it('throws nothing into a page whose policy lets nobody make markup, and says what to add to it', async () => {
    const { done, errors, warnings, violations } = await openPage<Copies>('copies', {
      policy: 'tt-none',
      load: 'ours',
    });
    expect(errors).to.deep.equal([]);
    expect(done.failed).to.deep.equal([]);
    if (!enforces) return;
    expect(done.name, 'so the policy was in force').to.equal(null);
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('trusted-types').and.contain('achievement-elements');
    const sinks = violations.filter(({ directive }) => directive === 'require-trusted-types-for');
    expect(sinks, 'one attempt for all elements').to.have.length(1);
  });
});

describe('several copies on one page', function () {
  this.timeout(40_000);

  for (const policy of ['none', 'self', 'tt-lit-duplicates']) {
    for (const load of ['lit ours', 'ours lit']) {
      it(`of Lit live together: ${load}, policy "${policy}"`, async () => {
        const { done, errors, warnings, violations } = await openPage<Copies>('copies', { policy, load });
        expect({ errors, warnings, violations }).to.deep.equal({ errors: [], warnings: [], violations: [] });
        expect(done).to.deep.equal({ failed: [], hostText: HOST_TEXT, name: OUR_NAME });
      });
    }

    for (const load of ['ours ours-again', 'ours lit ours-again']) {
      it(`of the script do no harm, and the second says so once: ${load}, policy "${policy}"`, async () => {
        const { done, errors, warnings, violations } = await openPage<Copies>('copies', { policy, load });
        expect({ errors, violations, failed: done.failed }).to.deep.equal({ errors: [], violations: [], failed: [] });
        expect(done.name).to.equal(OUR_NAME);
        expect(warnings).to.have.length(1);
        expect(warnings[0]).to.contain('already defined');
      });
    }
  }

  it('do no harm to a page whose policy allows Lit once, and which has loaded its own', async () => {
    const { done, errors, warnings } = await openPage<Copies>('copies', { policy: 'tt-lit', load: 'lit ours' });
    expect(errors).to.deep.equal([]);
    expect(done.failed).to.deep.equal([]);
    expect(done.hostText).to.equal(HOST_TEXT);
    expect(warnings).to.have.length(enforces ? 1 : 0);
  });

  it('of the script do no harm where the policy allows Lit once', async () => {
    const { done, errors } = await openPage<Copies>('copies', { policy: 'tt-lit', load: 'ours ours-again' });
    expect(errors).to.deep.equal([]);
    expect(done).to.deep.equal({ failed: [], hostText: null, name: OUR_NAME });
  });

  it('would be caught breaking: Lit alone does, where no policy is allowed', async () => {
    if (!enforces) return;
    const { done } = await openPage<Copies>('copies', { policy: 'tt-none', load: 'lit' });
    expect(done.failed).to.have.length(1);
    expect(done.failed[0]).to.contain('createPolicy');
  });
});

describe('what only looks like a template', function () {
  this.timeout(40_000);

  for (const policy of ['none', 'self', 'tt-lit']) {
    it(`is rendered by Lit alone, and breaks no policy here: "${policy}"`, async () => {
      const { done, errors, warnings } = await openPage<Poisoned>('poison', { policy });
      expect({ errors, warnings }).to.deep.equal({ errors: [], warnings: [] });
      const { control, ...ours } = done;
      const read = { names: ['Good'], foreign: 0 };
      expect(ours).to.deep.equal({ painted: read, healed: read, shown: read, alive: false, violations: [] });
      expect(control).to.equal(1);
    });
  }
});
