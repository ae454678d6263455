// What the example uses of Electron, which is no dependency of this project.
declare module 'electron' {
  interface WebContents {
    on(event: 'will-navigate', listener: (event: { preventDefault(): void }) => void): this;
    setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
  }
  interface Rectangle {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }
  export class BrowserWindow {
    constructor(options: Readonly<Record<string, unknown>>);
    readonly webContents: WebContents;
    on(event: 'move' | 'resize' | 'closed', listener: () => void): this;
    loadURL(url: string): Promise<void>;
    getContentBounds(): Rectangle;
    setBounds(bounds: Rectangle): void;
    setAlwaysOnTop(isOnTop: boolean, level: string): void;
    setIgnoreMouseEvents(isIgnored: boolean, options: { readonly forward: boolean }): void;
  }
  interface MessagePortMain {
    postMessage(message: unknown): void;
    on(event: 'message' | 'close', listener: (event: { data: unknown }) => void): this;
    start(): void;
    close(): void;
  }
  interface MainEvent {
    readonly sender: WebContents;
    readonly ports: readonly MessagePortMain[];
  }
  export const app: { whenReady(): Promise<void>; quit(): void };
  export const globalShortcut: { register(keys: string, listener: () => void): boolean };
  export const ipcMain: { on(channel: string, listener: (event: MainEvent, message?: unknown) => void): void };
  export const shell: { openExternal(url: string): Promise<void> };
  export const contextBridge: { exposeInMainWorld(name: string, api: object): void };
  export const ipcRenderer: {
    send(channel: string, message?: unknown): void;
    postMessage(channel: string, message: unknown, ports: readonly MessagePort[]): void;
  };
}
