import { expect } from '@open-wc/testing';
import { openPage } from '../../support/elements/frames.js';

interface Done {
  readonly names: readonly string[];
  readonly totals: string;
  readonly requests: number;
}

function* permutations(items: readonly string[]): Generator<string[]> {
  if (items.length === 0) yield [];
  for (const item of items) {
    for (const rest of permutations(items.filter((other) => other !== item))) yield [item, ...rest];
  }
}

const EXPECTED: Done = {
  names: ['First Light', 'Escape Velocity', 'Secret achievement'],
  totals: '1 of 3 unlocked\u00a0· 10 of 75 points',
  requests: 1,
};

describe('elements that are in the page before they are defined', function () {
  this.timeout(40_000);

  for (const order of permutations(['source', 'list', 'card', 'summary'])) {
    it(`find their source, and it asks once, in the order ${order.join(', ')}`, async () => {
      const { done, errors } = await openPage<Done>('order', { policy: 'none', define: order.join(' ') });
      expect(errors).to.deep.equal([]);
      expect(done).to.deep.equal(EXPECTED);
    });
  }

  for (const load of ['card summary list', 'list summary', 'summary list', 'source card summary list']) {
    it(`work with the modules that define a tag and what it needs: ${load}`, async () => {
      const { done, errors, warnings } = await openPage<Done>('order', { policy: 'none', load });
      expect({ errors, warnings }).to.deep.equal({ errors: [], warnings: [] });
      expect(done).to.deep.equal(EXPECTED);
    });
  }
});
