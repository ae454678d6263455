import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportedFiles } from '../../scripts/package-exports.mjs';
import { distFiles, oneFile, overlayFile, packageJson, root } from './dist.js';

const run = promisify(execFile);
const entries = exportedFiles();
const modules = entries.filter(({ file }) => file.endsWith('.js') && file !== oneFile && file !== overlayFile);

/** The entries that promise to work without a page, and never to look for one. */
const withoutPage = modules.filter(({ file }) => /^dist\/(bridge|store|model|backends|gateway)/.test(file));

/** Imports a module in a process of its own, in which every look at the page leaves a trace. */
async function looksAtThePage(specifier: string): Promise<string[]> {
  const script = `
    const looks = new Set();
    for (const name of ['window', 'document', 'navigator', 'location', 'customElements', 'HTMLElement', 'indexedDB',
      'localStorage', 'BroadcastChannel', 'fetch']) {
      Object.defineProperty(globalThis, name, { configurable: true, get() { looks.add(name); return undefined; } });
    }
    await import(${JSON.stringify(specifier)});
    console.log(JSON.stringify([...looks]));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
  return JSON.parse(stdout) as string[];
}

describe('the exports', () => {
  it('lead to files, every pattern to at least one', () => {
    expect(entries.filter(({ file }) => !existsSync(join(root, file)))).toEqual([]);
    for (const key of Object.keys(packageJson.exports)) {
      const [before = '', after = ''] = (packageJson.name + key.slice(1)).split('*');
      const fitting = entries.filter(({ specifier }) => specifier.startsWith(before) && specifier.endsWith(after));
      expect(fitting, key).not.toEqual([]);
    }
  });

  it('have types', () => {
    expect(modules.filter(({ types }) => !types || !distFiles.includes(types))).toEqual([]);
  });

  it('can all be imported on a server', async () => {
    const script = `for (const specifier of ${JSON.stringify(modules.map((entry) => entry.specifier))}) {
      try { await import(specifier) } catch (error) { console.log(specifier, error) }
    }`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: root });
    expect(stdout).toBe('');
  });

  it.each(withoutPage.map((entry) => entry.specifier))('%s does not look at the page', async (specifier) => {
    expect(await looksAtThePage(specifier)).toEqual([]);
  });

  it('would be seen looking', async () => {
    expect(await looksAtThePage('data:text/javascript,typeof document')).toEqual(['document']);
  });

  it('are what publint expects of them', async () => {
    const { messages, pkg } = await publint({ pkgDir: root, level: 'suggestion', strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });
});

describe('the types', () => {
  let folder = '';

  /** A user's project: the package and what it depends on, each a link. */
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'achievement-elements-'));
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules', packageJson.name), 'junction');
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'user', type: 'module' }));
    const imports = modules.map(({ specifier }, index) => `import * as module${index} from '${specifier}';`);
    const uses = modules.map((_, index) => `module${index}`);
    writeFileSync(join(folder, 'user.ts'), `${imports.join('\n')}\nexport const all = [${uses.join(', ')}];\n`);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['bundler', ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler],
    ['nodenext', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ])('resolve with moduleResolution %s', (_, module, moduleResolution) => {
    const program = ts.createProgram([join(folder, 'user.ts')], {
      module,
      moduleResolution,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
      strict: true,
      noEmit: true,
      // Ours are checked, whatever others wrote.
      skipLibCheck: false,
    });
    const ours = ts
      .getPreEmitDiagnostics(program)
      .filter((each) => !each.file || !/node_modules\/(?!achievement-elements\/)/.test(each.file.fileName));
    expect(ours.map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n'))).toEqual([]);
    const untyped = modules.filter(({ types }) => types && !program.getSourceFile(join(root, types)));
    expect(untyped).toEqual([]);
  });
});
