import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

interface Manifest {
  readonly modules: readonly {
    readonly declarations?: readonly {
      readonly tagName?: string;
      readonly name: string;
      readonly attributes?: readonly { readonly name?: string; readonly fieldName?: string }[];
      readonly cssParts?: readonly { readonly name: string }[];
      readonly cssProperties?: readonly { readonly name: string }[];
      readonly events?: readonly { readonly name?: string }[];
      readonly slots?: readonly { readonly name: string }[];
    }[];
  }[];
}

/** Everything of the manifest that a page author can write, by kind. */
function publicNames(manifest: Manifest): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  for (const { declarations = [] } of manifest.modules) {
    for (const declaration of declarations) {
      for (const kind of ['attributes', 'cssParts', 'cssProperties', 'events', 'slots'] as const) {
        const known = names.get(kind) ?? new Set<string>();
        for (const { name } of declaration[kind] ?? [])
          if (name && (kind !== 'events' || name.startsWith('achievement-'))) known.add(name);
        names.set(kind, known);
      }
    }
  }
  return names;
}

const missingFrom = (text: string, names: Iterable<string>) =>
  [...names].filter((name) => !text.includes(`\`${name}\``));

describe('the README', () => {
  const names = publicNames(JSON.parse(read('dist/custom-elements.json')) as Manifest);

  it.each([...names.keys()])('names all %s of the elements', (kind) => {
    const known = names.get(kind) ?? new Set();
    expect(known.size).toBeGreaterThan(0);
    expect(missingFrom(readme, known)).toEqual([]);
  });

  it('would not pass with a name left out (control)', () => {
    expect(missingFrom(readme.replaceAll('`reveal-policy`', ''), names.get('attributes') ?? [])).toEqual([
      'reveal-policy',
    ]);
  });

  it('has the very page of the demo as its five lines', () => {
    expect(readme).toContain(read('demo/embed.html').trim());
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path]) => path ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const path of links) expect(() => read(path), path).not.toThrow();
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...`${readme}${read('CONTRIBUTING.md')}`.matchAll(/npm run ([\w:-]+)/g)].map(
      ([, name]) => name ?? '',
    );
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
