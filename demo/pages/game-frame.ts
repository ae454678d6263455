import { type JoinedBridge, joinBridge } from '../../src/bridge/index.js';
import type { ReportIntent } from '../../src/model/index.js';
import { reportsOf } from './game/deeds.js';
import { createGame } from './game/play.js';
import { find } from './playground/dom.js';

/** What demo/electron/game-preload.cjs gives to the game's window. */
interface Overlay {
  report(intent: ReportIntent): void;
}

/** More than a night's worth: what is done before the page has answered is reported when it has. */
const MOST_WAITING = 500;

const overlay = (globalThis as { readonly overlay?: Overlay }).overlay;
const unlocked = new Set<string>();
let waiting: ReportIntent[] = [];
let bridge: JoinedBridge | undefined;

function report(intent: ReportIntent): void {
  if (overlay) overlay.report(intent);
  else if (bridge) void bridge.report(intent);
  else if (waiting.length < MOST_WAITING) waiting.push(intent);
}

/** A game of one's own names the pages that may hold it. This one lets any page hold it, and tells it only what it did. */
const origin = new URLSearchParams(location.search).get('page') ?? location.origin;

async function stayJoined(): Promise<never> {
  for (;;) {
    bridge = await joinBridge({ origin });
    bridge.state(({ achievements = [] }) => {
      unlocked.clear();
      for (const { id, state } of achievements) if (state === 'unlocked') unlocked.add(id);
    });
    const held = waiting;
    waiting = [];
    held.forEach(report);
    await bridge.closed;
    bridge = undefined;
  }
}

if (parent !== globalThis.window && !overlay) void stayJoined();
createGame(find('#game'), (happening) => reportsOf(happening, (id) => unlocked.has(id)).forEach(report));
