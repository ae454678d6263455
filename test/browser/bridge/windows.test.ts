import { expect } from '@open-wc/testing';
import { type Bridge, type BridgeOptions, connectBridge, joinBridge } from '../../../src/bridge/index.js';
import { memory } from '../../../src/backends/memory.js';
import { type Store, createStore } from '../../../src/store/index.js';
import { achievement } from '../../support/achievement.js';

const bridgeUrl = new URL('../../../src/bridge/index.ts', import.meta.url).href;

describe('a bridge between real windows', () => {
  let store: Store;
  let bridge: Bridge;
  const frames: HTMLIFrameElement[] = [];
  const shown: unknown[] = [];

  const connect = (options: Partial<BridgeOptions> = {}) => {
    bridge = connectBridge(store, { origins: [location.origin], onShow: (what) => shown.push(what), ...options });
  };

  /** A frame that runs a module, and tells its results by `done(result)`. */
  const frame = (script: string, sandbox?: string): { window: () => Window | null; told: Promise<unknown> } => {
    const element = document.createElement('iframe');
    frames.push(element);
    if (sandbox !== undefined) element.setAttribute('sandbox', sandbox);
    element.srcdoc = `<!doctype html><script>const done = (result) => parent.postMessage({ result }, '*');</script>
      <script type="module">${script}</script>`;
    const told = new Promise((resolve) => {
      addEventListener('message', function listen({ source, data }: MessageEvent<{ result?: unknown }>) {
        if (source !== element.contentWindow || !('result' in data)) return;
        removeEventListener('message', listen);
        resolve(data.result);
      });
    });
    document.body.append(element);
    return { window: () => element.contentWindow, told };
  };

  beforeEach(async () => {
    shown.length = 0;
    const achievements = [achievement('a', { secret: true }), achievement('b', { requirements: [] })];
    store = createStore({ backend: memory({ achievements }) });
    await store.refresh();
  });
  afterEach(() => {
    bridge.disconnect();
    store.dispose();
    for (const element of frames.splice(0)) element.remove();
  });

  it('lets a game in a frame report, show and see the state without its secrets', async () => {
    let window: () => Window | null = () => null;
    connect({ source: () => window() });
    const game = frame(`
      import { joinBridge } from '${bridgeUrl}';
      const bridge = await joinBridge({ origin: '${location.origin}' });
      bridge.show('list');
      const receipt = await bridge.report({ achievement: 'b', unlock: true });
      bridge.state(({ achievements }) => {
        if (achievements?.[1]?.state === 'unlocked') done({ storage: receipt.storage, achievements });
      });`);
    ({ window } = game);
    const result = (await game.told) as { storage: string; achievements: readonly { name?: string; masked?: true }[] };
    expect(result.storage).to.equal('memory');
    expect(shown).to.deep.equal(['list']);
    expect(result.achievements[0]?.masked).to.equal(true);
    expect(JSON.stringify(result.achievements)).not.to.contain('Name of a');
    expect(result.achievements[1]?.name).to.equal('Name of b');
    expect(bridge.refused).to.equal(0);
  });

  it('lets a game in the same window report', async () => {
    connect();
    const joined = await joinBridge({ origin: location.origin });
    await joined.report({ achievement: 'b', unlock: true });
    expect(store.snapshot.library?.achievements[1]?.state).to.equal('unlocked');
    joined.close();
    await joined.closed;
  });

  it('hears nobody of an opaque origin, and no other frame', async () => {
    let window: () => Window | null = () => null;
    connect({ source: () => window() });
    const hello = `parent.postMessage({ type: 'achievement-elements:hello', version: 1, nonce: 'n'.repeat(20) }, '*');
      done(self.origin);`;
    const sandboxed = frame(hello, 'allow-scripts');
    ({ window } = sandboxed);
    expect(await sandboxed.told).to.equal('null');
    expect(bridge.refused).to.equal(1);
    const other = frame(hello);
    expect(await other.told).to.equal(location.origin);
    expect(bridge.refused).to.equal(2);
    expect(bridge.connected).to.equal(false);
  });

  it('takes nothing that a port cannot carry for a message', async () => {
    let window: () => Window | null = () => null;
    connect({ source: () => window() });
    const game = frame(`
      const { port1, port2 } = new MessageChannel();
      addEventListener('message', ({ data, ports }) => {
        const [port] = ports;
        for (const junk of [null, 1, 'x', {}, [], { type: 'report' }, { type: 'hide', sequence: -1 }, new Uint8Array(9)]) {
          port.postMessage(junk);
        }
        port.postMessage(port1, [port1]);
        port.onmessage = ({ data }) => done(data.type);
        port.postMessage({ type: 'state', sequence: 1, follow: true });
      });
      parent.postMessage({ type: 'achievement-elements:hello', version: 1, nonce: 'n'.repeat(20) }, '${location.origin}');`);
    ({ window } = game);
    expect(await game.told).to.equal('state');
    expect(bridge.refused).to.equal(9);
  });
});
