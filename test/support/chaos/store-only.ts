// What most pages of these tests need of the built file: variants are built faster without the elements.

export { json } from '../../../src/backends/json.js';
export { createStore } from '../../../src/store/create-store.js';
