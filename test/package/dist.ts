import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filesUnder } from '../../scripts/files.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));

if (!existsSync(join(root, 'dist/index.js'))) throw new Error('These tests read what was built: npm run build');

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

export interface PackageJson {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

export const packageJson = JSON.parse(read('package.json')) as PackageJson;

/** Everything that was built, as paths from the root of the package. */
export const distFiles: readonly string[] = filesUnder(join(root, 'dist')).map((path) => `dist/${path}`);

/** The modules, without the one file. */
export const distModules = distFiles.filter((path) => path.endsWith('.js') && !path.startsWith('dist/cdn/'));

export const oneFile = 'dist/cdn/achievement-elements.js';

/** What games and streams load beside it. */
export const overlayFile = 'dist/cdn/achievement-overlay.js';
