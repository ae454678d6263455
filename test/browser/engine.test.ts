import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';

/** What only one engine says of itself: the other names appear in everybody's user agent. */
const userAgents: Record<string, RegExp> = {
  chromium: /Chrome\/\d+/,
  firefox: /\bFirefox\/\d+/,
  webkit: /\bVersion\/[\d.]+ Safari\/[\d.]+$/,
};

describe('the engine under test', () => {
  it('is the one that was asked for, and no other', async () => {
    const asked = await executeServerCommand<string, undefined>('engine-asked-for');
    const matching = Object.keys(userAgents).filter((engine) => userAgents[engine]?.test(navigator.userAgent));
    expect(matching, navigator.userAgent).to.deep.equal([asked]);
  });
});
