import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesUnder } from '../../../scripts/files.mjs';
import { en } from '../../../src/locales/en.js';

/** The members of the interface `Terms` that some files read: `terms.empty`, `{ empty } = terms`, `terms[name]`. */
function usedTerms(program: ts.Program, isAsked: (fileName: string) => boolean): Set<string> {
  const checker = program.getTypeChecker();
  const used = new Set<string>();
  const note = (symbol: ts.Symbol | undefined) => {
    const ofTerms = symbol?.declarations?.some(
      ({ parent }) => ts.isInterfaceDeclaration(parent) && parent.name.text === 'Terms',
    );
    if (symbol && ofTerms) used.add(symbol.name);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) note(checker.getSymbolAtLocation(node.name));
    if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
      const name = (node.propertyName ?? node.name).getText();
      note(checker.getTypeAtLocation(node.parent).getProperty(name));
    }
    if (ts.isElementAccessExpression(node)) {
      const type = checker.getTypeAtLocation(node.argumentExpression);
      const owner = checker.getTypeAtLocation(node.expression);
      for (const each of type.isUnion() ? type.types : [type]) {
        if (each.isStringLiteral()) note(owner.getProperty(each.value));
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const file of program.getSourceFiles()) if (isAsked(file.fileName)) visit(file);
  return used;
}

describe('every term', () => {
  it('is said by an element', () => {
    const source = fileURLToPath(new URL('../../../src', import.meta.url));
    const elements = join(source, 'elements');
    const files = filesUnder(elements).map((path) => join(elements, path));
    const program = ts.createProgram(files, {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      strict: true,
      types: [],
      noEmit: true,
    });
    const used = usedTerms(program, (fileName) => join(dirname(fileName)) === elements);
    expect(Object.keys(en).filter((name) => !used.has(name))).toEqual([]);
  });

  it('would be missed (control)', () => {
    const files: Readonly<Record<string, string>> = {
      '/terms.ts': `export interface Terms {
        dotted: string; taken: string; renamed: string; one: string; other: string; never: string;
      }`,
      '/element.ts': `import type { Terms } from './terms.js';
        export function say(terms: Terms, found: boolean, never: { never: string }) {
          const { taken, renamed: its } = terms;
          const name = found ? 'one' : 'other';
          return [terms.dotted, taken, its, terms[name], never.never];
        }`,
    };
    const options: ts.CompilerOptions = {
      noLib: true,
      noEmit: true,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    };
    const program = ts.createProgram(['/element.ts'], options, {
      ...ts.createCompilerHost(options),
      fileExists: (name) => name in files,
      readFile: (name) => files[name],
      getSourceFile: (name, target) => {
        const text = files[name];
        return text === undefined ? undefined : ts.createSourceFile(name, text, target, true);
      },
    });
    const used = usedTerms(program, (fileName) => fileName === '/element.ts');
    expect([...used].sort()).toEqual(['dotted', 'one', 'other', 'renamed', 'taken']);
  });
});
