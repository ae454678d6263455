import { expect } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { resizeViewport } from '../support/browser/viewport.js';

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

  it('shows a page of the size that is asked for', async () => {
    expect([innerWidth, innerHeight]).to.deep.equal([800, 600]);
    await resizeViewport({ width: 640, height: 500 });
    expect([innerWidth, innerHeight]).to.deep.equal([640, 500]);
  });

  it('has a page that is seen and has the focus', () => {
    expect(document.visibilityState).to.equal('visible');
    expect(document.hasFocus()).to.equal(true);
  });
});
