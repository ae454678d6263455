import '../../src/index.js';
import { connectBridge } from '../../src/bridge/index.js';
import { openSource } from './game/source.js';
import { find } from './playground/dom.js';

const source = openSource();
const frame = find<HTMLIFrameElement>('#frame');
const status = find('#bridge');

/** This machine has two names, and with them two origins. Nothing else can be asked for: a link must not choose who reports. */
function gameOrigin(): string {
  const url = new URL(location.href);
  if (url.searchParams.get('origin') !== 'other') return url.origin;
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
  return url.origin;
}

const address = new URL('./game-frame.html', location.href);
const origin = gameOrigin();
address.hostname = new URL(origin).hostname;
address.searchParams.set('page', location.origin);

void source.updateComplete.then(() => {
  if (!source.store) return;
  const bridge = connectBridge(source.store, { origins: [origin], source: () => frame.contentWindow });
  frame.src = address.href;
  // For this text only; the bridge itself needs nobody to look.
  source.addEventListener('achievement-sync', () => {
    status.textContent = bridge.connected ? `Connected to ${origin}.` : 'Nobody is connected.';
  });
});
