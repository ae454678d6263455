import { createContext } from '@lit/context';
import type { Clock } from '../model/index.js';
import type { Store } from '../store/store.js';

/** What an `<achievement-source>` gives to everything inside it. */
export interface SourceContext {
  readonly store?: Store;
  readonly locale?: string;
  readonly linkSchemes?: string;
  readonly clock?: Clock;
}

/** The context by its name, so that two copies of the script on one page understand each other. */
export const sourceContext = createContext<SourceContext>('achievement-source');
