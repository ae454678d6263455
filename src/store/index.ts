export { createStore } from './create-store.js';
export type { Channel, Environment, KeyValueStorage, Locks, PageLife, UpdateOptions } from './environment.js';
export type { RejectedReport, ReportsElsewhere } from './outbox.js';
export type {
  ReportReceipt,
  Snapshot,
  Store,
  StoreChanges,
  StoreListener,
  StoreOptions,
  SubscribeOptions,
} from './store.js';
