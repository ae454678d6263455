import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../scripts/files.mjs';

/**
 * Which arrows are allowed. A folder's name stands for everything in it, a path for one module, and any other name for
 * a package. Everything may import from its own folder.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  backends: ['model', 'zod/mini', 'eventsource-parser'],
  store: ['model', 'idb-keyval'],
  // Glyphs are templates, and all templates are made in one place.
  styles: ['elements/template', 'lit', 'lucide'],
  locales: ['model'],
  bridge: ['model', 'store'],
  elements: ['model', 'store', 'backends/registry', 'styles', 'locales', 'lit', '@tanstack/virtual-core'],
  define: ['elements', 'backends', 'locales'],
  gateway: ['model', 'backends', 'zod/mini'],
  conformance: ['model', 'backends'],
  // Node's own modules belong to the command alone.
  'conformance/cli.ts': ['node:process', 'node:util'],
  'cdn.ts': ['define', 'backends', 'store', 'locales'],
  'overlay.ts': ['cdn.ts', 'define', 'backends', 'bridge'],
  'index.ts': ['define', 'elements', 'bridge', 'backends', 'store', 'model', 'locales'],
  'react.ts': ['define', 'elements', 'react', '@lit/react'],
};

/** Modules that do something when they are imported; all others only declare. */
const mayHaveEffects =
  /^(define\/.*|cdn\.ts|overlay\.ts|conformance\/cli\.ts|index\.ts|locales\/(?!terms|formats)[a-z-]+\.ts|react\.ts)$/i;

/** Source texts by their path in `src`. */
type Sources = ReadonlyMap<string, string>;

interface Arrow {
  readonly from: string;
  /** A path in `src`, or a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const parse = (path: string, text: string) => ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const bindings = clause.namedBindings;
  return (
    !clause.name &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

function arrowsOf(sources: Sources): Arrow[] {
  const arrows: Arrow[] = [];
  for (const [from, text] of sources) {
    const add = (specifier: string, typeOnly: boolean) => {
      const to = specifier.startsWith('.')
        ? posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')
        : specifier;
      arrows.push({ from, to, typeOnly });
    };
    const visit = (node: ts.Node): void => {
      if (
        (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
        node.moduleSpecifier &&
        ts.isStringLiteral(node.moduleSpecifier)
      ) {
        add(node.moduleSpecifier.text, isTypeOnly(node));
      } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const [target] = node.arguments;
        add(target && ts.isStringLiteral(target) ? target.text : '(computed)', false);
      } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
        if (ts.isStringLiteral(node.argument.literal)) add(node.argument.literal.text, true);
      }
      ts.forEachChild(node, visit);
    };
    visit(parse(from, text));
  }
  return arrows;
}

const layerOf = (path: string) => path.split('/')[0] ?? path;

/** `lit` allows `lit/decorators.js`; `model` allows `model/time.ts`; `backends/registry` allows that module alone. */
const fits = (to: string, rule: string) => to === rule || to === `${rule}.ts` || to.startsWith(`${rule}/`);

function wrongArrows(sources: Sources): string[] {
  return arrowsOf(sources)
    .filter(({ from, to }) => {
      const layer = layerOf(from);
      const inside = sources.has(to) && layerOf(to) === layer;
      const rules = [...(allowed[layer] ?? []), ...(from === layer ? [] : (allowed[from] ?? []))];
      return !inside && !rules.some((rule) => fits(to, rule));
    })
    .map(({ from, to }) => `${from} -> ${to}`);
}

/** Each cycle of imports that stay when the types are gone, once. */
function cycles(sources: Sources): string[] {
  const next = new Map<string, string[]>([...sources.keys()].map((path) => [path, []]));
  for (const { from, to, typeOnly } of arrowsOf(sources)) if (!typeOnly && sources.has(to)) next.get(from)?.push(to);
  const found: string[] = [];
  const finished = new Set<string>();
  const visit = (path: string, way: readonly string[]): void => {
    const start = way.indexOf(path);
    if (start >= 0) {
      found.push([...way.slice(start), path].join(' -> '));
      return;
    }
    if (finished.has(path)) return;
    for (const to of next.get(path) ?? []) visit(to, [...way, path]);
    finished.add(path);
  };
  for (const path of sources.keys()) visit(path, []);
  return found;
}

/** Statements at the top of a module that do more than declare. */
function effects(sources: Sources): string[] {
  return [...sources].flatMap(([path, text]) => {
    if (mayHaveEffects.test(path)) return [];
    const source = parse(path, text);
    return source.statements
      .filter((statement) => {
        if (ts.isImportDeclaration(statement)) return !statement.importClause;
        return !(
          ts.isExportDeclaration(statement) ||
          ts.isExportAssignment(statement) ||
          ts.isVariableStatement(statement) ||
          ts.isFunctionDeclaration(statement) ||
          ts.isClassDeclaration(statement) ||
          ts.isInterfaceDeclaration(statement) ||
          ts.isTypeAliasDeclaration(statement) ||
          ts.isModuleDeclaration(statement)
        );
      })
      .map((statement) => `${path}: ${statement.getText(source).split('\n')[0]}`);
  });
}

const folder = fileURLToPath(new URL('../../src', import.meta.url));
const sources: Sources = new Map(
  filesUnder(folder)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
);

describe('the layers', () => {
  it('are all known', () => {
    expect([...new Set([...sources.keys()].map(layerOf))].filter((layer) => !(layer in allowed))).toEqual([]);
    expect(sources.size).toBeGreaterThan(20);
  });

  it('import only what stands before them', () => {
    expect(wrongArrows(sources)).toEqual([]);
  });

  it('have no cycles', () => {
    expect(cycles(sources)).toEqual([]);
  });

  it('do nothing when imported, except where the tags are defined', () => {
    expect(effects(sources)).toEqual([]);
  });
});

describe('the walk itself', () => {
  const wrong: readonly (readonly [name: string, from: string, text: string, to: string])[] = [
    ['the model that knows a store', 'model/x.ts', `import { a } from '../store/a.js';`, 'store/a.ts'],
    ['a type alone', 'model/x.ts', `import type { A } from '../store/a.js';`, 'store/a.ts'],
    ['an import inside a type', 'store/x.ts', `export type B = import('../elements/a.js').A;`, 'elements/a.ts'],
    ['a re-export', 'store/x.ts', `export * from '../backends/xbox.js';`, 'backends/xbox.ts'],
    ['a dynamic import', 'elements/x.ts', `export const a = () => import('../backends/xbox.js');`, 'backends/xbox.ts'],
    ['an import for its effect', 'elements/x.ts', `import '../define/a.js';`, 'define/a.ts'],
    ['styles that know a store', 'styles/x.ts', `import { a } from '../store/a.js';`, 'store/a.ts'],
    ['Lit below the elements', 'store/x.ts', `import { html } from 'lit';`, 'lit'],
    ['the classic zod', 'backends/x.ts', `import * as z from 'zod';`, 'zod'],
    ['the conformance cases below the elements', 'store/x.ts', `import '../conformance/run.js';`, 'conformance/run.ts'],
    ['conformance cases that know a store', 'conformance/x.ts', `import '../store/a.js';`, 'store/a.ts'],
    ['Node in the cases', 'conformance/x.ts', `import { argv } from 'node:process';`, 'node:process'],
    ['a computed import', 'backends/x.ts', `export const a = (b: string) => import(b);`, '(computed)'],
  ];

  it.each(wrong)('sees %s', (_, from, text, to) => {
    const known: Sources = new Map([
      [from, text],
      ...(to.endsWith('.ts') ? [[to, 'export const a = 1; export type A = 1;'] as const] : []),
    ]);
    expect(wrongArrows(known)).toEqual([`${from} -> ${to}`]);
  });

  it('lets the right arrows pass', () => {
    const known: Sources = new Map([
      ['elements/x.ts', `import { a } from '../store/a.js'; import { property } from 'lit/decorators.js';`],
      ['store/a.ts', `import { set } from 'idb-keyval'; import type { T } from '../model/t.js'; export const a = set;`],
      ['model/t.ts', 'export type T = 1;'],
    ]);
    expect(wrongArrows(known)).toEqual([]);
  });

  it('sees a cycle, but not one of types', () => {
    const cycle = (word: string): Sources =>
      new Map([
        ['model/a.ts', `import { b } from './b.js'; export const a = 1;`],
        ['model/b.ts', `import ${word} { a } from './a.js'; export const b = 2;`],
      ]);
    expect(cycles(cycle(''))).toEqual(['model/a.ts -> model/b.ts -> model/a.ts']);
    expect(cycles(cycle('type'))).toEqual([]);
  });

  it('sees an effect', () => {
    expect(
      effects(new Map([['elements/x.ts', `customElements.define('x-y', class extends HTMLElement {});`]])),
    ).toHaveLength(1);
    expect(effects(new Map([['define/x.ts', `customElements.define('x-y', class extends HTMLElement {});`]]))).toEqual(
      [],
    );
  });
});
