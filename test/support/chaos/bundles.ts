import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** One change of a source text. */
export interface Change {
  /** Below `src`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** What the npm package ships for script tags, byte for byte. */
export function builtFile(): string {
  return readFileSync(`${root}/dist/cdn/achievement-elements.js`, 'utf8');
}

/** Replaces source texts. One that is not there exactly once is an error: the variant would be none. */
function changing(changes: readonly Change[]): Plugin {
  const done = new Set<Change>();
  return {
    name: 'deliberate-changes',
    enforce: 'pre',
    transform(code, id) {
      let changed = code;
      for (const change of changes) {
        if (!id.endsWith(`/src/${change.file}`)) continue;
        const pieces = changed.split(change.from);
        if (pieces.length !== 2) {
          this.error(`${change.file} has ${pieces.length - 1} times, and was to have once: ${change.from}`);
        }
        changed = pieces.join(change.to);
        done.add(change);
      }
      return changed === code ? null : { code: changed, map: null };
    },
    buildEnd(error) {
      const left = changes.filter((change) => !done.has(change));
      if (!error && left.length > 0) this.error(`Not in the bundle: ${left.map(({ file }) => file).join(', ')}`);
    },
  };
}

/**
 * What the built file exports, with changes in the sources.
 * @param entry `src/cdn.ts` where a page needs the elements too
 */
export async function changedBundle(
  changes: readonly Change[],
  entry: 'src/cdn.ts' | 'src/bridge/index.ts' | 'test/support/chaos/store-only.ts' = 'test/support/chaos/store-only.ts',
): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [changing(changes)],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      minify: false,
      rolldownOptions: {
        input: `${root}/${entry}`,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const [chunk] = (result as Rolldown.RolldownOutput).output;
  return chunk.code;
}
