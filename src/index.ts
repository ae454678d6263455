import './define/achievement-source.js';
import './define/achievement-card.js';
import './define/achievement-summary.js';
import './define/achievement-list.js';

export { combine } from './backends/combine.js';
export { json } from './backends/json.js';
export { memory } from './backends/memory.js';
export { registerBackend } from './backends/registry.js';
export { talonOne } from './backends/talon-one.js';
export { xbox } from './backends/xbox.js';
export { AchievementCard } from './elements/achievement-card.js';
export { AchievementList } from './elements/achievement-list.js';
export { AchievementSource } from './elements/achievement-source.js';
export { AchievementSummary } from './elements/achievement-summary.js';
export * from './elements/events.js';
export * from './model/index.js';
export { createStore } from './store/create-store.js';
export type { Snapshot, Store, StoreChanges, StoreListener, StoreOptions } from './store/store.js';
