import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { distFiles, distModules, oneFile, overlayFile, packageJson, read, root } from './dist.js';

/** What a text does that a self-contained file under a strict policy must not. */
function reachesOut(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || (ts.isExportDeclaration(node) && node.moduleSpecifier)) found.push('import');
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) found.push('import()');
    if (ts.isCallExpression(node) && node.expression.getText() === 'eval') found.push('eval');
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && node.expression.getText() === 'Function') {
      found.push('Function');
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('file.js', code, ts.ScriptTarget.ES2022, true));
  return found;
}

const commandFile = 'dist/conformance/cli.js';

const importsOf = (code: string): string[] =>
  ts.preProcessFile(code, true, true).importedFiles.map(({ fileName }) => fileName);

function isDecorated(code: string): boolean {
  const visit = (node: ts.Node): boolean => ts.isDecorator(node) || ts.forEachChild(node, visit) === true;
  return visit(ts.createSourceFile('file.js', code, ts.ScriptTarget.ES2022, true));
}

describe('the one file', () => {
  it('imports nothing and makes no code', () => {
    expect(reachesOut(read(oneFile))).toEqual([]);
  });

  it('would be caught doing so', () => {
    expect(reachesOut('import a from "b"; export * from "c"; import("d"); eval(""); new Function("")')).toEqual([
      'import',
      'import',
      'import()',
      'eval',
      'Function',
    ]);
  });

  it('fits its integrity', () => {
    const hash = createHash('sha384').update(read(oneFile)).digest('base64');
    expect(read('dist/cdn/achievement-elements.integrity.txt')).toBe(`sha384-${hash}\n`);
  });

  it('is Lit for production, asking for its Trusted Types policy with care', () => {
    const code = read(oneFile);
    expect(code).not.toContain('Lit is in dev mode');
    expect(code.match(/\.createPolicy\(/g)).toHaveLength(1);
    expect(code).toMatch(/try\s*\{\s*return \w+\.createPolicy\(/);
  });

  it('names whose code is in it', () => {
    const licences = read('dist/THIRD-PARTY-LICENSES.txt');
    for (const name of ['lit', 'lit-html', '@lit/reactive-element', 'zod', 'idb-keyval', 'lucide']) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+`, 'm'));
    }
    expect(read(oneFile)).toMatch(/^\/\*!.*THIRD-PARTY-LICENSES\.txt/);
  });
});

describe('the file for games and streams', () => {
  it('imports the one file beside it, and nothing else', () => {
    expect(new Set(importsOf(read(overlayFile)))).toEqual(new Set(['./achievement-elements.js']));
    expect(new Set(reachesOut(read(overlayFile)))).toEqual(new Set(['import']));
  });

  it('asks for no policy of its own', () => {
    expect(read(overlayFile)).not.toContain('.createPolicy(');
  });

  it('fits its integrity', () => {
    const hash = createHash('sha384').update(read(overlayFile)).digest('base64');
    expect(read('dist/cdn/achievement-overlay.integrity.txt')).toBe(`sha384-${hash}\n`);
  });
});

describe('the modules', () => {
  it('import our files and the packages that are declared, never the classic zod', () => {
    const packages = new Set(
      [...distModules, ...distFiles.filter((path) => path.endsWith('.d.ts'))]
        .flatMap((path) => importsOf(read(path)))
        .filter((specifier) => !specifier.startsWith('.')),
    );
    const declared = Object.keys(packageJson.dependencies);
    // The command runs in Node, and nothing imports it.
    const ofNode = new Set(importsOf(read(commandFile)).filter((specifier) => specifier.startsWith('node:')));
    expect([...ofNode].length).toBeGreaterThan(0);
    expect(distModules.filter((path) => path !== commandFile && read(path).includes('node:'))).toEqual([]);
    expect(
      [...packages]
        .filter((each) => !ofNode.has(each))
        .filter((each) => !declared.some((name) => each === name || each.startsWith(`${name}/`))),
    ).toEqual([]);
    expect([...packages].filter((each) => each.startsWith('zod') && each !== 'zod/mini')).toEqual([]);
  });

  it('import by full file names that exist', () => {
    const missing = distModules.flatMap((path) =>
      importsOf(read(path))
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => !existsSync(join(root, path, '..', specifier)))
        .map((specifier) => `${path} -> ${specifier}`),
    );
    expect(missing).toEqual([]);
  });

  it('have no decorators left, which no browser runs', () => {
    expect(distModules.filter((path) => isDecorated(read(path)))).toEqual([]);
    expect(isDecorated('class A { @property() accessor b = 1; }')).toBe(true);
  });
});

describe('the package', () => {
  it('has few dependencies, and these', () => {
    expect(Object.keys(packageJson.dependencies)).toEqual([
      '@tanstack/virtual-core',
      'eventsource-parser',
      'idb-keyval',
      'lit',
      'zod',
    ]);
  });

  it('publishes what was built and nothing else', () => {
    const answer = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    const [pack] = JSON.parse(answer) as { files: { path: string }[] }[];
    const paths = pack?.files.map(({ path }) => path) ?? [];
    expect(paths).toContain('LICENSE');
    expect(paths).toContain('dist/THIRD-PARTY-LICENSES.txt');
    const meant = /^(dist\/|docs\/protocol\.schema\.json$|LICENSE$|README\.md$|CHANGELOG\.md$|package\.json$)/;
    expect(paths.filter((path) => !meant.test(path))).toEqual([]);
    expect(paths).toContain('docs/protocol.schema.json');
    expect(distFiles.filter((path) => !paths.includes(path))).toEqual([]);
  });

  interface Locked {
    readonly resolved?: string;
    readonly optionalDependencies?: Readonly<Record<string, string>>;
  }
  const locked = (JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }).packages;

  it('is locked for every platform, or npm ci refuses the lock', () => {
    // Any depth will do: a package is looked for from its user's folder upwards.
    const names = new Set(Object.keys(locked).map((path) => path.replace(/^.*node_modules\//, '')));
    const wanted = Object.values(locked).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
  });

  it('is locked to the public registry', () => {
    const hosts = Object.values(locked)
      .map(({ resolved }) => resolved)
      .filter((resolved) => resolved !== undefined)
      .map((resolved) => new URL(resolved).host);
    expect(hosts.filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });

  it('has a licence', () => {
    expect(read('LICENSE')).toContain('MIT');
  });
});

describe('the manifest', () => {
  interface Manifest {
    readonly modules: readonly {
      readonly path: string;
      readonly declarations?: readonly { readonly tagName?: string }[];
    }[];
  }
  const manifest = JSON.parse(read('dist/custom-elements.json')) as Manifest;

  it('knows every tag', () => {
    const tags = distModules
      .map((path) => /^dist\/define\/(achievement-[a-z]+)\.js$/.exec(path)?.[1])
      .filter((tag) => tag !== undefined);
    const known = manifest.modules.flatMap(({ declarations = [] }) => declarations.map(({ tagName }) => tagName));
    expect(tags.length).toBeGreaterThan(0);
    expect(known.filter((tag) => tag !== undefined).sort()).toEqual(tags.sort());
  });

  it('names files that are there', () => {
    expect(manifest.modules.map(({ path }) => path).filter((path) => !distFiles.includes(path))).toEqual([]);
  });
});
