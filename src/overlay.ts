// What the second file for script tags holds: what games and streams need beside a list. It takes everything that the
// first one has from there, so a page names both.

import './cdn.js';
import './define/achievement-gamepad.js';
import './define/achievement-toasts.js';
import './define/achievement-tracker.js';

export { memory } from './backends/memory.js';
export { connectBridge, joinBridge } from './bridge/index.js';
// For those who name this file alone.
export { createStore, json, registerBackend, registerLocale, talonOne, xbox } from './cdn.js';
