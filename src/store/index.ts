export { createStore } from './create-store.js';
export type { Channel, Environment, KeyValueStorage, Locks, PageLife, UpdateOptions } from './environment.js';
export type { Snapshot, Store, StoreChanges, StoreListener, StoreOptions } from './store.js';
