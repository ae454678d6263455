// The preload script of the overlay's window. It is sandboxed and isolated: the page gets nothing of Electron, and main
// gets one thing of the page, a port to its bridge. Over that port main speaks the messages of docs/bridge.md itself.

// eslint-disable-next-line @typescript-eslint/no-require-imports -- a sandboxed preload script is no module
const { ipcRenderer } = require('electron');

const VERSION = 1;
const HELLO_INTERVAL = 1000;

/** Nobody else knows it, so nobody else can have answered. */
const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
  '',
);

/** @type {ReturnType<typeof setInterval> | undefined} */
let timer;

function sayHello() {
  window.postMessage({ type: 'achievement-elements:hello', version: VERSION, nonce }, window.location.origin);
}

/** @param {MessageEvent} event */
function hear({ data, origin, source, ports }) {
  if (source !== window || origin !== window.location.origin || data?.nonce !== nonce) return;
  if (data.type === 'achievement-elements:refused') {
    stop();
    ipcRenderer.send('achievements:refused', data.versions);
    return;
  }
  const [port] = ports;
  if (data.type !== 'achievement-elements:welcome' || data.version !== VERSION || !port) return;
  stop();
  ipcRenderer.postMessage('achievements:port', null, [port]);
}

function stop() {
  clearInterval(timer);
  window.removeEventListener('message', hear);
}

// Clicks go through the window to the game, except where the page has something that takes the pointer. Main forwards
// the movements of the mouse, so that this is known before the click.
let isOverSomething = false;
window.addEventListener('mousemove', ({ clientX, clientY }) => {
  const element = document.elementFromPoint(clientX, clientY);
  const isNow = element !== null && element !== document.documentElement && element !== document.body;
  if (isNow === isOverSomething) return;
  isOverSomething = isNow;
  ipcRenderer.send('overlay:pointer', isNow);
});

window.addEventListener('message', hear);
window.addEventListener('DOMContentLoaded', () => {
  sayHello();
  timer = setInterval(sayHello, HELLO_INTERVAL);
});
