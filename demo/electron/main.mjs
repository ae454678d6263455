// A game and a transparent window over it that shows its achievements: README.md says how to start it.

import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { BrowserWindow, app, globalShortcut, ipcMain, shell } from 'electron';
import { createOverlayPort } from './overlay-port.mjs';

/** Where the demo is served: `npm start`. A game of your own serves its files by a scheme of its own, never as `file:`. */
const DEMO = process.env['DEMO_URL'] ?? 'http://localhost:5173/';
const here = (/** @type {string} */ file) => fileURLToPath(new URL(file, import.meta.url));

const strict = /** @type {const} */ ({ sandbox: true, contextIsolation: true, nodeIntegration: false });

/**
 * A window stays where it was sent, and opens nothing but the player's own browser.
 * @param {import('electron').BrowserWindow} window
 */
function keepAtHome(window) {
  const { webContents } = window;
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/**
 * @param {unknown} message
 * @returns {message is import('./overlay-port.mjs').Message}
 */
function isMessage(message) {
  return typeof message === 'object' && message !== null && 'type' in message && typeof message.type === 'string';
}

function open() {
  const game = new BrowserWindow({
    width: 1280,
    height: 720,
    backgroundColor: '#0b1230',
    webPreferences: { ...strict, preload: here('./game-preload.cjs') },
  });
  const overlay = new BrowserWindow({
    parent: game,
    ...game.getContentBounds(),
    transparent: true,
    frame: false,
    resizable: false,
    hasShadow: false,
    focusable: false,
    skipTaskbar: true,
    webPreferences: { ...strict, preload: here('./preload.cjs') },
  });
  [game, overlay].forEach(keepAtHome);
  overlay.setAlwaysOnTop(true, 'screen-saver');
  overlay.setIgnoreMouseEvents(true, { forward: true });
  const follow = () => overlay.setBounds(game.getContentBounds());
  game.on('move', follow);
  game.on('resize', follow);

  const port = createOverlayPort((message) => {
    if (message?.type === 'problem') console.warn(`A report was not taken: ${message.code}`);
  });
  let isListShown = false;

  // Each message is taken from the one window that may send it.
  ipcMain.on('achievements:port', (event) => {
    const [first] = event.ports;
    if (event.sender === overlay.webContents && first) port.use(first);
  });
  ipcMain.on('achievements:refused', (event, versions) => {
    if (event.sender === overlay.webContents) console.error('The page speaks other versions of the bridge:', versions);
  });
  ipcMain.on('overlay:pointer', (event, isOverSomething) => {
    if (event.sender === overlay.webContents) {
      overlay.setIgnoreMouseEvents(isOverSomething !== true, { forward: true });
    }
  });
  ipcMain.on('game:say', (event, message) => {
    // The page checks what it says; here it is only who says it.
    if (event.sender === game.webContents && isMessage(message)) port.say(message);
  });
  globalShortcut.register('Shift+F1', () => {
    isListShown = !isListShown;
    port.say(isListShown ? { type: 'show', what: 'list' } : { type: 'hide' });
  });

  void game.loadURL(new URL('game-frame.html', DEMO).href);
  void overlay.loadURL(new URL('electron/overlay.html', DEMO).href);
  game.on('closed', () => app.quit());
}

void app.whenReady().then(open);
