// Builds `dist`: modules with their types for bundlers, a self-contained file for script tags with another beside it for
// games and streams, and the manifest.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { build } from 'vite';
import { filesUnder } from './files.mjs';
import { guardedTrustedTypesPolicy, smallTemplates } from './plugins.mjs';

/** @import { Rolldown } from 'vite' */

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const dist = join(root, 'dist');
/**
 * The files for script tags. The overlay's is what games and streams need beside the first, whose code it imports: a page
 * that shows a list pays for a list.
 */
const pageFiles = { 'achievement-elements': 'src/cdn.ts', 'achievement-overlay': 'src/overlay.ts' };

/** The languages that come in files of their own. */
const languages = filesUnder(join(root, 'src/locales'))
  .map((path) => path.replace(/\.ts$/, ''))
  .filter((name) => /^[a-z]{2}(-[A-Z]{2})?$/.test(name) && name !== 'en');

/** Development dependencies whose data goes into ours: their users would install a library for a few icons. */
const inlined = ['lucide'];

const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/**
 * @param {string} program a file in node_modules
 * @param {string[]} args
 */
function runNode(program, args) {
  const { status } = spawnSync(execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`);
}

/**
 * @param {Record<string, string>} input entries by the names of their files
 * @param {{ minify: boolean, external: (id: string, importer: string | undefined) => boolean, plugins?: import('vite').Plugin[], share?: boolean }} options
 * with `share`, a file takes from another entry what both need; otherwise each has to be whole
 */
async function bundle(input, { minify, external, plugins = [], share = false }) {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      minify: minify && 'oxc',
      rolldownOptions: {
        input,
        external,
        preserveEntrySignatures: share ? 'allow-extension' : 'strict',
        output: { format: 'es', entryFileNames: '[name].js', ...(!share && { codeSplitting: false }) },
      },
    },
  });
  const { output } = /** @type {Rolldown.RolldownOutput} */ (result);
  const chunks = output.filter((file) => file.type === 'chunk');
  const expected = Object.keys(input).map((name) => `${name}.js`);
  const names = output.map(({ fileName }) => fileName).filter((name) => !name.endsWith('.map'));
  if (names.sort().join() !== expected.sort().join()) {
    throw new Error(`${expected.join(' and ')} were expected, not ${names.join(' and ')}`);
  }
  return chunks;
}

/**
 * @param {string} entry
 * @param {Parameters<typeof bundle>[1]} options
 */
async function bundleOne(entry, options) {
  const [chunk] = await bundle({ entry }, options);
  if (!chunk) throw new Error(`${entry} became nothing`);
  return chunk;
}

/**
 * The folder of the package that a module belongs to.
 * @param {string} moduleId
 */
function packageFolder(moduleId) {
  const match = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(moduleId);
  return match?.[1];
}

/** @param {string} id a module's path, or the name it is imported by */
const isInlined = (id) => inlined.some((name) => id === name || packageFolder(id)?.endsWith(`/${name}`));

/**
 * The licences of everything that is in our files and not ours.
 * @param {Iterable<string>} moduleIds
 */
function licencesOf(moduleIds) {
  const folders = new Set([...moduleIds].map(packageFolder).filter((folder) => folder !== undefined));
  return [...folders].sort().map((folder) => {
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = filesUnder(folder).find((path) => /^licen[cs]e(\.\w+)?$/i.test(path));
    if (!file) throw new Error(`${about.name} has no licence file`);
    return {
      name: about.name,
      version: about.version,
      license: about.license,
      text: readFileSync(join(folder, file), 'utf8'),
    };
  });
}

/**
 * A module that needs no page, as what it exports: nobody has to work that out again.
 * @param {string} code without imports
 */
async function workedOut(code) {
  const exported = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const lines = Object.entries(exported).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`);
  return lines.join('');
}

/** The modules that are worked out, in place of their sources. */
function workedOutModules() {
  return {
    name: 'worked-out-modules',
    load: {
      filter: { id: /\/src\/styles\/icon-paths\.ts$/ },
      handler: () => readFileSync(join(dist, 'styles/icon-paths.js'), 'utf8'),
    },
  };
}

/** (a), (b) The modules and their types, one for each source file. */
async function buildModules() {
  runNode('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
  runNode('typescript/bin/tsc', ['-p', 'tsconfig.conformance.json']);
  chmodSync(join(dist, 'conformance/cli.js'), 0o755);

  const importsInlined = new RegExp(`\\bfrom\\s*['"](?:${inlined.join('|')})['"]`);
  /** @type {string[]} */
  const moduleIds = [];
  for (const file of filesUnder(dist).filter((path) => path.endsWith('.js'))) {
    const emitted = join(dist, file);
    if (!importsInlined.test(readFileSync(emitted, 'utf8'))) continue;
    const chunk = await bundleOne(join(root, 'src', file.replace(/\.js$/, '.ts')), {
      minify: false,
      external: (id, importer) => importer !== undefined && !isInlined(id) && !isInlined(importer),
    });
    moduleIds.push(...chunk.moduleIds);
    writeFileSync(emitted, await workedOut(chunk.code));
    rmSync(`${emitted}.map`);
  }
  return moduleIds;
}

/** (c) The files for script tags. */
async function buildPageFiles() {
  const input = Object.fromEntries(Object.entries(pageFiles).map(([file, entry]) => [file, join(root, entry)]));
  const chunks = await bundle(input, {
    minify: true,
    external: () => false,
    plugins: [workedOutModules(), guardedTrustedTypesPolicy(), smallTemplates()],
    share: true,
  });
  const [first, second] = chunks.sort((a, b) => a.fileName.localeCompare(b.fileName));
  if (!first || !second) throw new Error('Two files were expected');
  if (first.imports.length > 0 || second.imports.some((name) => name !== first.fileName)) {
    throw new Error(`The files import ${[...first.imports, ...second.imports].join(', ')}`);
  }
  mkdirSync(join(dist, 'cdn'));
  for (const { fileName, code: bundled } of [first, second]) {
    // The bundler's minifier knows what is unused, this one says the rest in fewer words: together 0.5 kB less.
    const { code: small } = await minify(bundled, { module: true, ecma: 2020, compress: { passes: 3 } });
    // The minifiers take away every comment; the licences of the code in the file ask for this one.
    const code = `/*! ${name} ${version}, ${license}; with code of others: THIRD-PARTY-LICENSES.txt */\n${small}\n`;
    writeFileSync(join(dist, 'cdn', fileName), code);
    const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
    writeFileSync(join(dist, 'cdn', fileName.replace('.js', '.integrity.txt')), `${integrity}\n`);
    console.log(`dist/cdn/${fileName}  integrity="${integrity}"`);
  }
  return [...first.moduleIds, ...second.moduleIds];
}

/** (d) The languages beside the one file, whose registry they share. */
async function buildLanguages() {
  const [registry, shared] = ['./registry.js', '../achievement-elements.js'];
  mkdirSync(join(dist, 'cdn/locales'));
  for (const language of languages) {
    const chunk = await bundleOne(join(root, `src/locales/${language}.ts`), {
      minify: true,
      external: (id) => id === registry,
    });
    if (chunk.imports.length !== 1 || !chunk.code.includes(`"${registry}"`)) {
      throw new Error(`${language} was to import the registry alone, and imports ${chunk.imports.join(', ')}`);
    }
    const code = chunk.code.replace(`"${registry}"`, `"${shared}"`);
    writeFileSync(join(dist, `cdn/locales/${language}.js`), `/*! ${name} ${version}, ${license} */\n${code}`);
  }
}

/** @param {string[]} moduleIds */
function writeLicences(moduleIds) {
  const texts = licencesOf(moduleIds).map(
    (each) => `${each.name} ${each.version} (${each.license})\n\n${each.text.trim()}\n`,
  );
  const introduction = `Code of these packages is part of files in this folder.\n`;
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), [introduction, ...texts].join(`\n${'-'.repeat(80)}\n\n`));
}

rmSync(dist, { recursive: true, force: true });
const moduleIds = await buildModules();
moduleIds.push(...(await buildPageFiles()));
await buildLanguages();
cpSync(join(root, 'src/themes'), join(dist, 'themes'), { recursive: true });
// What an import of a theme is to TypeScript: nothing but its effect.
writeFileSync(join(dist, 'themes/theme.d.ts'), 'export {};\n');
writeLicences(moduleIds);
runNode('@custom-elements-manifest/analyzer/cem.js', ['analyze', '--config', 'cem.config.mjs', '--quiet']);
