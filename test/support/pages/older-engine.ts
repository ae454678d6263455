import { createRequire } from 'node:module';
import type { CompatData, CompatStatement, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data';

// Not as a module: it is 15 megabytes, and would be compiled.
const data = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData;

/** The oldest engines that everything works in: those of streaming programs and games, of long-kept systems and telephones. */
export const OLDEST = { chrome: 102, firefox: 115, safari: 16.4 } as const;

type Browser = keyof typeof OLDEST;

function isIn(browser: Browser, { support }: CompatStatement): boolean {
  const [statement] = [support[browser] ?? []].flat() as (SimpleSupportStatement | undefined)[];
  // Behind a flag or under another name it is not there.
  if (!statement || statement.flags || statement.prefix || statement.alternative_name) return false;
  const { version_added: added, version_removed: removed } = statement;
  return (
    typeof added === 'string' &&
    added !== 'preview' &&
    !removed &&
    parseFloat(added.replace('≤', '')) <= OLDEST[browser]
  );
}

const isMissing = (compat: CompatStatement | undefined): boolean =>
  compat !== undefined && (Object.keys(OLDEST) as Browser[]).some((browser) => !isIn(browser, compat));

/** The names in a group of the data, each with what is said of it. */
const namesIn = (group: Identifier) =>
  Object.entries(group)
    .filter(([name]) => name !== '__compat')
    .map(([name, entry]) => [name.replace(/_static$/, ''), entry as Identifier] as const);

/** What is missing in one of the oldest engines, as `[interface]` or `[interface, member]`. */
const missingNames = (group: Identifier): string[][] =>
  namesIn(group).flatMap(([name, entry]) =>
    isMissing(entry.__compat)
      ? [[name]]
      : namesIn(entry)
          .filter(([, { __compat: compat }]) => isMissing(compat))
          .map(([member]) => [name, member]),
  );

/** What the platform has had only since, by the data behind MDN's tables. Events and single arguments cannot be taken away. */
export const MISSING: readonly (readonly string[])[] = [
  ...missingNames(data.api),
  ...missingNames(data.javascript['builtins'] as Identifier),
].filter((names) => names.every((name) => /^[A-Za-z]\w*$/.test(name) && !name.endsWith('_event')));

/** Runs in a page before its scripts: takes away what is missing. Returns how much that was. */
export function takeAway(missing: typeof MISSING): number {
  let count = 0;
  const world = globalThis as unknown as Record<string, { prototype?: object } | undefined>;
  for (const [name = '', member] of missing) {
    const holders = member === undefined ? [globalThis] : [world[name], world[name]?.prototype];
    for (const holder of holders) {
      const key = member ?? name;
      if (holder && Object.hasOwn(holder, key) && Reflect.deleteProperty(holder, key)) count += 1;
    }
  }
  return count;
}

/** Style sheets as those engines read them: what they do not know is there under names that nobody knows. */
export const unknownStyles = (script: string): string =>
  script.replace(/light-dark\(|color-mix\(|oklch\(from|@container|:has\(|text-wrap/g, (found) =>
    found.replace(/[a-z]/, 'x-$&'),
  );
