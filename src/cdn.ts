// What the one file for script tags holds: every tag with the backends of its attributes, and what a page's own code
// needs beside them. The rest of index.ts is for bundlers, which leave out what nobody imports; a page cannot.

import './define/lit-globals.js';
import './define/achievement-source.js';
import './define/achievement-card.js';
import './define/achievement-summary.js';
import './define/achievement-list.js';

export { json } from './backends/json.js';
export { registerBackend } from './backends/registry.js';
export { talonOne } from './backends/talon-one.js';
export { xbox } from './backends/xbox.js';
export { registerLocale } from './locales/registry.js';
export { createStore } from './store/create-store.js';
