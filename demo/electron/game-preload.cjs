// The preload script of the game's window: what the game may say to the overlay, and nothing else of Electron.

// eslint-disable-next-line @typescript-eslint/no-require-imports -- a sandboxed preload script is no module
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('overlay', {
  /** @param {{ achievement: string, set?: number, add?: number, unlock?: true }} intent */
  report: (intent) => ipcRenderer.send('game:say', { type: 'report', report: intent }),
  /** @param {string} [what] */
  show: (what) => ipcRenderer.send('game:say', what === undefined ? { type: 'show' } : { type: 'show', what }),
  hide: () => ipcRenderer.send('game:say', { type: 'hide' }),
});
