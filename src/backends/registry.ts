import type { Backend } from '../model/backend.js';
import type { Overrides } from '../model/overrides.js';
import { ProblemError } from '../model/problem.js';
import { cut } from '../model/text.js';
import type { overridden } from './overrides.js';

/** What an element's attributes say of its service. */
export interface BackendAttributes {
  readonly src: string;
  /** Its service takes reports. */
  readonly reports?: boolean;
  /** Its service tells of changes. */
  readonly events?: boolean;
}

/** Makes a backend from what an element's attributes say. It must not throw because of the address: `pull` tells. */
export type BackendFactory = (options: BackendAttributes) => Backend;

const factories = new Map<string, BackendFactory>();

/**
 * Makes a name usable in the `backend` attribute. A later registration of a name replaces the one before.
 * @throws {TypeError} where the name is not made of lower-case letters, digits and single hyphens, a letter first
 */
export function registerBackend(name: string, factory: BackendFactory): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new TypeError('A backend needs a name like "my-game".');
  }
  factories.set(name, factory);
}

/**
 * Makes the backend of a name.
 * @throws {ProblemError} `not-found` where nothing has that name
 */
export function createBackend(name: string, options: BackendAttributes): Backend {
  const factory = factories.get(name);
  if (factory) return factory(options);
  const names = [...factories.keys()].join(', ') || 'none';
  const message = `There is no backend "${cut(name, 64)}". Known: ${names}.`;
  throw new ProblemError({ code: 'not-found', message });
}

let overriding: typeof overridden | undefined;

/** Makes the `overrides` of elements work. Whoever has none is spared the code that reads them. */
export function registerOverrides(decorator: typeof overridden): void {
  overriding = decorator;
}

/**
 * The backend with overrides, as `overridden()` makes it.
 * @throws {ProblemError} `not-found` where nothing was registered that reads them
 */
export function overrideBackend(backend: Backend, overrides: Overrides | string, language: string): Backend {
  if (overriding) return overriding(backend, overrides, language);
  const message = 'Nothing here reads overrides. Import define/backends.js, or use overridden() on a backend object.';
  throw new ProblemError({ code: 'not-found', message });
}
