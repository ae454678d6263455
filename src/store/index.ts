export { createStore } from './create-store.js';
export type { Environment, KeyValueStorage, PageLife } from './environment.js';
export type { Snapshot, Store, StoreChanges, StoreListener, StoreOptions } from './store.js';
