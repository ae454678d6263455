import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as bridge from '../../../src/bridge/index.js';
import { type Change, changedBundle } from '../../support/chaos/bundles.js';
import { type BridgeModule, attack } from './forged.js';
import { DirectChannel } from './support.js';

beforeEach(() => void vi.stubGlobal('MessageChannel', DirectChannel));
afterEach(() => void vi.unstubAllGlobals());

/** The bridge with changes in its source, as a module of its own. */
async function variant(changes: readonly Change[]): Promise<BridgeModule> {
  const code = await changedBundle(changes, 'src/bridge/index.ts');
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)) as BridgeModule;
}

describe('500 forged messages', () => {
  it('are all ignored, without an error', async () => {
    const { forged, accepted, errors, refused, toPage } = await attack(bridge);
    expect([...forged.values()].reduce((sum, count) => sum + count)).toBe(500);
    expect([...accepted]).toEqual([]);
    expect(errors).toEqual([]);
    expect(refused).toBe(toPage);
  });

  const CONNECT = 'bridge/connect-bridge.ts';
  const MESSAGES = 'bridge/messages.ts';
  const JOIN = 'bridge/join-bridge.ts';
  /** Without one of its checks the bridge lets some of them through. */
  const controls: readonly (readonly [check: string, getsThrough: readonly string[], changes: readonly Change[]])[] = [
    [
      'the origin of a game',
      ['wrong origin', 'null origin'],
      [{ file: CONNECT, from: 'origins.includes(origin) && ', to: '' }],
    ],
    ['the source of a game', ['wrong source'], [{ file: CONNECT, from: ' && sender === source()', to: '' }]],
    [
      'the version',
      ['wrong version'],
      [{ file: CONNECT, from: 'if (version !== BRIDGE_VERSION)', to: 'if (version === 0)' }],
    ],
    ['that a nonce is new', ['replayed hello'], [{ file: CONNECT, from: 'nonces.has(nonce) || ', to: '' }]],
    [
      'the shape of a hello',
      ['bad nonce', 'huge nonce', 'hello with more members', 'hello with prototype keys'],
      [{ file: MESSAGES, from: 'const isHello = shape(', to: 'const isHello: Check = () => true; shape(' }],
    ],
    [
      'that a message has no other members',
      ['hello with more members', 'message with prototype keys', 'intent with prototype keys'],
      [
        { file: MESSAGES, from: 'if (!members || members.size > checks.size)', to: 'if (!members)' },
        { file: MESSAGES, from: 'if (!isFitting || !(', to: 'if (isFitting && !(' },
      ],
    ],
    [
      'the shape of what is said over the port',
      ['no sequence', 'intent of another shape', 'huge name', 'state without a wish'],
      [{ file: MESSAGES, from: 'return GAME_MESSAGES.get(typeOf(data))?.(data) ?', to: 'return isObject(data) ?' }],
    ],
    [
      'that numbers only rise',
      ['replayed message', 'older message'],
      [{ file: CONNECT, from: ' || message.sequence <= this.#lastSequence', to: '' }],
    ],
    [
      'that a report has one deed',
      ['intent with two deeds or none'],
      [{ file: MESSAGES, from: '!== undefined).length === 1', to: '!== undefined).length >= 0' }],
    ],
    [
      'the length of names',
      ['huge name', 'huge word to show'],
      [{ file: MESSAGES, from: 'const LONGEST_NAME = 512', to: 'const LONGEST_NAME = Infinity' }],
    ],
    [
      'the number of updates',
      ['too many updates'],
      [{ file: MESSAGES, from: 'const MOST_UPDATES = 100', to: 'const MOST_UPDATES = Infinity' }],
    ],
    [
      'the size of effects',
      ['huge effects'],
      [
        { file: MESSAGES, from: 'const MOST_VALUES = 5000', to: 'const MOST_VALUES = Infinity' },
        { file: MESSAGES, from: 'const MOST_CHARACTERS = 65_536', to: 'const MOST_CHARACTERS = Infinity' },
      ],
    ],
    [
      'that effects are plain data',
      ['effects that are no plain data'],
      [{ file: MESSAGES, from: 'if (!isPlain || ', to: 'if (' }],
    ],
    [
      'that effects have no prototype keys',
      ['effects with prototype keys'],
      [{ file: MESSAGES, from: "keys.includes('__proto__') || ", to: '' }],
    ],
    [
      'the origin of a page',
      ['welcome of a wrong origin', 'welcome of a null origin'],
      [{ file: JOIN, from: 'from !== origin || ', to: '' }],
    ],
    ['the source of a page', ['welcome of a wrong source'], [{ file: JOIN, from: ' || source !== target', to: '' }]],
    [
      'which hello was answered',
      ['welcome of another hello'],
      [{ file: JOIN, from: 'if (answer?.nonce !== hello.nonce) return;', to: 'if (!answer) return;' }],
    ],
    [
      'the version of a page',
      ['welcome in another version'],
      [{ file: MESSAGES, from: 'version: just(BRIDGE_VERSION)', to: 'version: isVersion' }],
    ],
    [
      'that a welcome has its port',
      ['welcome without its port'],
      [{ file: JOIN, from: 'if (ports[0]) resolve(ports[0])', to: 'resolve(ports[0]!)' }],
    ],
  ];

  it.each(controls)('would not all be ignored without looking at %s', async (_, getsThrough, changes) => {
    const { accepted } = await attack(await variant(changes));
    expect(getsThrough.filter((kind) => !accepted.has(kind))).toEqual([]);
  });
});
