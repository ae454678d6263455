import '../../src/index.js';
import { connectBridge } from '../../src/bridge/index.js';
import type { AchievementSource } from '../../src/index.js';
import { find } from '../pages/playground/dom.js';

const source = find<AchievementSource>('#source');
const sheet = find('#sheet');

void source.updateComplete.then(() => {
  if (!source.store) return;
  // The preload script speaks from this very window; with a sandbox and without foreign scripts nobody else does.
  connectBridge(source.store, {
    origins: [location.origin],
    source: () => globalThis.window,
    onShow: (what) => {
      if (what === undefined || what === 'list') sheet.hidden = false;
    },
    onHide: () => void (sheet.hidden = true),
  });
});
