import type * as bridgeModule from '../../../src/bridge/index.js';
import {
  DirectChannel,
  GAME_ORIGIN,
  PAGE_ORIGIN,
  fakeStore,
  fakeWindow,
  otherWindow,
  type OtherWindow,
} from './support.js';

/** What a test of a bridge uses of it: the real one, or a broken variant. */
export type BridgeModule = Pick<typeof bridgeModule, 'connectBridge' | 'joinBridge'>;

export interface Outcome {
  /** How many messages were forged, by their kind. */
  readonly forged: ReadonlyMap<string, number>;
  /** The kinds of which one was taken for real. */
  readonly accepted: ReadonlySet<string>;
  readonly errors: readonly unknown[];
  /** How many of the messages to a page it says it has ignored, and how many there were. */
  readonly refused: number;
  readonly toPage: number;
}

const HELLO = 'achievement-elements:hello';
const WELCOME = 'achievement-elements:welcome';
const nonceOf = (index: number) => `nonce-${String(index).padStart(20, '0')}`;
/** A key of its own, as a structured clone keeps it: `{ __proto__: … }` would set the prototype instead. */
const withProtoKey = (members: object) =>
  JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(members).slice(1)}`) as object;
const long = 'x'.repeat(100_000);

interface ForgedHello {
  readonly data: unknown;
  readonly origin?: string;
  /** `page`: the page itself; `stranger`: another window; `port`: something that is no window; `nobody`: none. */
  readonly from?: 'game' | 'page' | 'stranger' | 'port' | 'nobody';
}

const hello = (index: number, members: object = {}) => ({ type: HELLO, version: 1, nonce: nonceOf(index), ...members });
const near = [
  'https://game.example.evil.example',
  'https://game.example:8443',
  'http://game.example',
  'https://sub.game.example',
  'https://GAME.example',
  'https://game.example/',
  'https://game.exampl',
  '*',
  '',
];

/** Each right but for one thing. The hello that the page took before is number 0. */
const HELLOS: readonly (readonly [kind: string, forge: (index: number) => ForgedHello])[] = [
  ['wrong origin', (index) => ({ data: hello(index), origin: near[index % near.length]! })],
  ['null origin', (index) => ({ data: hello(index), origin: 'null' })],
  ['wrong source', (index) => ({ data: hello(index), from: (['stranger', 'page'] as const)[index % 2]! })],
  ['source is no window', (index) => ({ data: hello(index), from: (['port', 'nobody'] as const)[index % 2]! })],
  ['wrong version', (index) => ({ data: hello(index, { version: 2 + index }) })],
  ['version of another kind', (index) => ({ data: hello(index, { version: ['1', null, 1.5, -1, [1]][index % 5] }) })],
  ['replayed hello', () => ({ data: hello(0) })],
  ['bad nonce', (index) => ({ data: hello(index, { nonce: ['short', '', 7, null, 'a b'.repeat(9), {}][index % 6] }) })],
  ['huge nonce', (index) => ({ data: hello(index, { nonce: long + index }) })],
  ['hello with more members', (index) => ({ data: hello(index, { [`more${index}`]: long }) })],
  ['hello with prototype keys', (index) => ({ data: withProtoKey(hello(index)) })],
  [
    'hello that lacks a member',
    (index) => ({ data: { type: HELLO, ...[{ version: 1 }, { nonce: nonceOf(index) }][index % 2] } }),
  ],
  ['hello in a list', (index) => ({ data: [hello(index)] })],
];

interface PortPlan {
  /** The number of a message that was taken before. */
  readonly taken: number;
  /** A number that was not used. */
  readonly fresh: number;
}

const report = { type: 'report', report: { achievement: 'a', add: 1 } };

const PORT_MESSAGES: readonly (readonly [kind: string, forge: (index: number, plan: PortPlan) => unknown])[] = [
  ['replayed message', (_, { taken }) => ({ ...report, sequence: taken })],
  ['older message', (index, { taken }) => ({ type: 'hide', sequence: 1 + (index % (taken - 1)) })],
  ['bad sequence', (index) => ({ ...report, sequence: [0, -1, 1.5, '9', Number.NaN, Infinity, null][index % 7] })],
  ['no sequence', () => report],
  [
    'unknown type',
    (index, { fresh }) => ({ type: ['signOut', 'constructor', '__proto__', 7, null][index % 5], sequence: fresh }),
  ],
  ['no object', (index) => [null, 1, 'report', [report], true, undefined][index % 6]],
  [
    'intent with two deeds or none',
    (index, { fresh }) => ({
      type: 'report',
      sequence: fresh,
      report: { achievement: 'a', ...[{}, { add: 1, set: 1 }, { add: 1, unlock: true }][index % 3] },
    }),
  ],
  [
    'intent of another shape',
    (index, { fresh }) => ({
      type: 'report',
      sequence: fresh,
      report: [
        { achievement: 7, add: 1 },
        { achievement: '', add: 1 },
        { achievement: 'a', add: '1' },
        { achievement: 'a', add: -1 },
        { achievement: 'a', set: Number.NaN },
        { achievement: 'a', set: Infinity },
        { achievement: 'a', unlock: 'yes' },
        null,
      ][index % 8],
    }),
  ],
  [
    'huge name',
    (index, { fresh }) => ({ type: 'report', sequence: fresh, report: { achievement: long + index, add: 1 } }),
  ],
  ['huge word to show', (index, { fresh }) => ({ type: 'show', sequence: fresh, what: long + index })],
  ['message with more members', (_, { fresh }) => ({ ...report, sequence: fresh, at: 7 })],
  ['message with prototype keys', (_, { fresh }) => withProtoKey({ ...report, sequence: fresh })],
  [
    'intent with prototype keys',
    (_, { fresh }) => ({ type: 'report', sequence: fresh, report: withProtoKey(report.report) }),
  ],
  [
    'too many updates',
    (index, { fresh }) => ({
      type: 'apply',
      sequence: fresh,
      changes: Array.from({ length: 6000 + index }, (_, number) => ({ achievement: `a${number}` })),
    }),
  ],
  [
    'huge effects',
    (index, { fresh }) => ({
      type: 'apply',
      sequence: fresh,
      changes: [
        { effects: [], more: long },
        { effects: [], more: Array.from({ length: 9000 }) },
      ][index % 2],
    }),
  ],
  [
    'effects that are no plain data',
    (index, { fresh }) => ({
      type: 'apply',
      sequence: fresh,
      changes: [
        { effects: [], when: new Date(0) },
        { effects: [], map: new Map() },
        { effects: [], big: 1n },
      ][index % 3],
    }),
  ],
  [
    'effects with prototype keys',
    (_, { fresh }) => ({ type: 'apply', sequence: fresh, changes: withProtoKey({ effects: [] }) }),
  ],
  ['effects that nobody knows', (_, { fresh }) => ({ type: 'apply', sequence: fresh, changes: { gift: 1 } })],
  [
    'state without a wish',
    (index, { fresh }) => ({ type: 'state', sequence: fresh, ...[{}, { follow: 1 }][index % 2] }),
  ],
];

interface ForgedWelcome {
  readonly data: Readonly<Record<string, unknown>>;
  readonly origin?: string;
  readonly fromStranger?: boolean;
  readonly withoutPort?: boolean;
}

const WELCOMES: readonly (readonly [kind: string, forge: (nonce: unknown, index: number) => ForgedWelcome])[] = [
  [
    'welcome of a wrong origin',
    (nonce) => ({ data: { type: WELCOME, version: 1, nonce }, origin: 'https://evil.example' }),
  ],
  ['welcome of a null origin', (nonce) => ({ data: { type: WELCOME, version: 1, nonce }, origin: 'null' })],
  ['welcome of a wrong source', (nonce) => ({ data: { type: WELCOME, version: 1, nonce }, fromStranger: true })],
  ['welcome of another hello', (_, index) => ({ data: { type: WELCOME, version: 1, nonce: nonceOf(index) } })],
  ['welcome in another version', (nonce, index) => ({ data: { type: WELCOME, version: 2 + index, nonce } })],
  ['welcome without its port', (nonce) => ({ data: { type: WELCOME, version: 1, nonce }, withoutPort: true })],
];

/**
 * Sends 500 forged messages: to a page that has a game already, over that game's port, and to a game that looks for its
 * page. Needs `DirectChannel` in the place of `MessageChannel`.
 */
export async function attack({ connectBridge, joinBridge }: BridgeModule): Promise<Outcome> {
  const forged = new Map<string, number>();
  const accepted = new Set<string>();
  const count = (kind: string) => void forged.set(kind, (forged.get(kind) ?? 0) + 1);
  const errorsBefore = DirectChannel.errors.length;

  const page = fakeWindow();
  const windows = { game: otherWindow(), stranger: otherWindow(), page: otherWindow() };
  const store = fakeStore();
  let shown = 0;
  const bridge = connectBridge(store, {
    origins: [GAME_ORIGIN],
    source: () => windows.game.window,
    page: page.page,
    onShow: () => void (shown += 1),
    onHide: () => void (shown += 1),
  });
  const welcomes = () =>
    Object.values<OtherWindow>(windows).flatMap(({ said }) =>
      said.filter(({ message }) => message['type'] === WELCOME),
    );
  page.hear({ data: hello(0), origin: GAME_ORIGIN, source: windows.game.window });

  for (let index = 1; index <= 200; index++) {
    const [kind, forge] = HELLOS[index % HELLOS.length]!;
    const { data, origin = GAME_ORIGIN, from = 'game' } = forge(index);
    const source = {
      port: new DirectChannel().port1,
      nobody: null,
      game: undefined,
      page: undefined,
      stranger: undefined,
    }[from];
    const before = welcomes().length;
    page.hear({
      data: structuredClone(data),
      origin,
      source: (source === undefined ? windows[from as keyof typeof windows].window : source) as Window,
    });
    count(kind);
    if (welcomes().length > before) accepted.add(kind);
  }

  const port = welcomes().at(-1)!.ports[0]!;
  const taken = 50;
  // What a game says for real is heard; that this counts is what the forged ones have to be measured by.
  port.postMessage({ ...report, sequence: taken });
  const calls = () => store.calls.length + shown;
  if (calls() !== 1) throw new Error('The real message was not heard');
  for (let index = 1; index <= 240; index++) {
    const [kind, forge] = PORT_MESSAGES[index % PORT_MESSAGES.length]!;
    const before = calls();
    port.postMessage(forge(index, { taken, fresh: 1000 + index }));
    count(kind);
    if (calls() > before) accepted.add(kind);
  }

  const game = fakeWindow();
  const target = otherWindow();
  const giveUp = new AbortController();
  const joined = joinBridge({ origin: PAGE_ORIGIN, target: target.window, page: game.page, signal: giveUp.signal });
  let isJoined = false;
  joined.then(
    () => (isJoined = true),
    () => undefined,
  );
  const { nonce } = target.said[0]!.message;
  for (let index = 1; index <= 60; index++) {
    const [kind, forge] = WELCOMES[index % WELCOMES.length]!;
    const { data, origin = PAGE_ORIGIN, fromStranger = false, withoutPort = false } = forge(nonce, index);
    const source = fromStranger ? windows.stranger.window : target.window;
    const ports = withoutPort ? [] : [new DirectChannel().port1 as unknown as MessagePort];
    game.hear({ data, origin, source, ports });
    count(kind);
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    if (isJoined || game.listenerCount === 0) accepted.add(kind);
  }
  giveUp.abort();
  await joined.catch(() => undefined);
  const refused = bridge.refused;
  bridge.disconnect();
  // The one in a list is nothing that was meant for a bridge.
  const toPage = [...HELLOS, ...PORT_MESSAGES].reduce((sum, [kind]) => sum + (forged.get(kind) ?? 0), 0);
  return {
    forged,
    accepted,
    errors: [...page.errors, ...game.errors, ...DirectChannel.errors.slice(errorsBefore)],
    refused,
    toPage: toPage - (forged.get('hello in a list') ?? 0),
  };
}
