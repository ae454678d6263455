import { fieldOf, type State } from './fields.js';

/** What is set on this page, and who wants to know of it. */
export interface Settings {
  readonly state: State;
  /** Sets some, and tells everybody where something changed. */
  set(changes: State): void;
  /** Called at once, and then with the names of what changed. */
  follow(listener: (state: State, changed: ReadonlySet<string>) => void): void;
}

export function createSettings(initial: State): Settings {
  let state = initial;
  const listeners: ((state: State, changed: ReadonlySet<string>) => void)[] = [];
  return {
    get state() {
      return state;
    },
    set(changes) {
      const changed = new Set(Object.keys(changes).filter((name) => changes[fieldOf(name).name] !== state[name]));
      if (changed.size === 0) return;
      state = { ...state, ...changes };
      for (const listener of listeners) listener(state, changed);
    },
    follow(listener) {
      listeners.push(listener);
      listener(state, new Set(Object.keys(state)));
    },
  };
}
