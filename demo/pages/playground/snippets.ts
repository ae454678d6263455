import type { Framework } from './fields.js';
import type { Attribute, Markup } from './markup.js';

/** One file of a snippet. */
export interface SnippetFile {
  readonly name: string;
  readonly text: string;
}

export interface Snippet {
  readonly files: readonly SnippetFile[];
  /** What one has to know beside it. */
  readonly note: string;
}

const TAG = 'achievement-list';
const LONGEST_LINE = 90;

/** As HTML, Vue and Svelte read an attribute in double quotes. */
const quoted = (value: string) => `"${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

/** Attributes of a tag, on one line where they fit, else one on each. */
function tagWith(attributes: readonly string[], end: string): string {
  const line = `<${[TAG, ...attributes].join(' ')}${end}`;
  if (line.length <= LONGEST_LINE) return line;
  return `<${TAG}\n${attributes.map((attribute) => `  ${attribute}\n`).join('')}${end.trimStart()}`;
}

const indent = (text: string, by: string) => text.replace(/^(?=.)/gm, by);

/** `query=shop` is `query="shop"`, and a flag its name alone. */
function htmlAttribute([name, value]: Attribute): string {
  return value === true ? name : `${name}=${quoted(String(value))}`;
}

/** A text that JSX or Svelte would read as something else stands in braces, as does a number. */
function bracedAttribute([name, value]: Attribute): string {
  if (value === true) return name;
  if (typeof value === 'number') return `${name}={${value}}`;
  return /["&{}\\\n]/.test(value) ? `${name}={${JSON.stringify(value)}}` : `${name}="${value}"`;
}

/** Vue sets what the element has as a property, and a number has to be one. */
function vueAttribute([name, value]: Attribute): string {
  return typeof value === 'number' ? `:${name}="${value}"` : htmlAttribute([name, value]);
}

/** What a module has to import, and the backends that it makes. */
function imports({ language, readyTheme, combined }: Markup): string {
  const lines = [`import 'achievement-elements';`];
  if (combined) {
    lines.push(`import { combine, ${combined.map(([backend]) => backend).join(', ')} } from 'achievement-elements';`);
  }
  if (language) lines.push(`import 'achievement-elements/locales/${language}.js';`);
  if (readyTheme) lines.push(`import 'achievement-elements/themes/${readyTheme}.css';`);
  return `${lines.join('\n')}\n`;
}

function combinedBackend({ combined }: Markup, declaration: string): string {
  if (!combined) return '';
  const calls = combined.map(([backend, src]) => `  ${backend}({ src: '${src}' }),\n`);
  return `${declaration} combine(\n${calls.join('')});\n`;
}

const TOKEN_HINT = '// Your own function: it is asked for each call, and what it gives is never kept.\n';

function htmlSnippet(markup: Markup): Snippet {
  const { attributes, language, readyTheme, css, needsToken, combined } = markup;
  const lines: string[] = [];
  if (readyTheme) lines.push(`<link rel="stylesheet" href="/themes/${readyTheme}.css" />`);
  if (css) lines.push(`<style>\n${indent(css, '  ')}</style>`);
  if (!combined) lines.push(`<script type="module" src="/achievement-elements.js"></script>`);
  if (language && !combined) lines.push(`<script type="module" src="/locales/${language}.js"></script>`);
  lines.push(tagWith(attributes.map(htmlAttribute), `></${TAG}>`));
  const script =
    (combined ? `${imports({ ...markup, readyTheme: '' })}\n` : '') +
    combinedBackend(markup, `document.querySelector('${TAG}').backend =`) +
    (needsToken ? `${TOKEN_HINT}document.querySelector('${TAG}').token = () => getSessionToken();\n` : '');
  if (script) lines.push(`<script type="module">\n${indent(script, '  ')}</script>`);
  const note = combined
    ? 'combine() is in the package, not in the one file: a bundler resolves these imports.'
    : 'achievement-elements.js is the one file of the package, dist/cdn: put it on your server.';
  return { files: [{ name: 'index.html', text: `${lines.join('\n')}\n` }], note };
}

/** The attributes for a framework that sets properties: the objects come as expressions. */
function bracedAttributes({ attributes, needsToken, combined }: Markup): string[] {
  return [
    ...(combined ? ['backend={backend}'] : []),
    ...attributes.map(bracedAttribute),
    ...(needsToken ? ['token={getSessionToken}'] : []),
  ];
}

const styleFile = ({ css }: Markup): SnippetFile[] => (css ? [{ name: 'achievements.css', text: css }] : []);

const tokenImport = ({ needsToken }: Markup) =>
  needsToken ? `${TOKEN_HINT}import { getSessionToken } from './session.js';\n` : '';

function reactSnippet(markup: Markup): Snippet {
  const backend = combinedBackend(markup, 'const backend =');
  const text =
    imports(markup) +
    (markup.css ? `import './achievements.css';\n` : '') +
    tokenImport(markup) +
    (backend && `\n// Outside of the component: another object is another backend.\n${backend}`) +
    `\nexport function Achievements() {\n  return (\n${indent(tagWith(bracedAttributes(markup), ' />'), '    ')}\n  );\n}\n`;
  return {
    files: [{ name: 'Achievements.jsx', text }, ...styleFile(markup)],
    note: 'React 19 or later, which sets properties of custom elements. Events: onachievement-unlock={…}.',
  };
}

function vueSnippet(markup: Markup): Snippet {
  const { attributes, needsToken, combined, css } = markup;
  const backend = combinedBackend(markup, 'const backend =');
  const script = imports(markup) + tokenImport(markup) + (backend && `\n${backend}`);
  const all = [
    ...(combined ? [':backend="backend"'] : []),
    ...attributes.map(vueAttribute),
    ...(needsToken ? [':token="getSessionToken"'] : []),
  ];
  const text =
    `<script setup>\n${script}</script>\n\n<template>\n${indent(tagWith(all, ' />'), '  ')}\n</template>\n` +
    (css ? `\n<style>\n${css}</style>\n` : '');
  const config = `import vue from '@vitejs/plugin-vue';

export default {
  plugins: [
    vue({
      template: {
        compilerOptions: { isCustomElement: (tag) => tag.startsWith('achievement-') },
      },
    }),
  ],
};
`;
  return {
    files: [
      { name: 'Achievements.vue', text },
      { name: 'vite.config.js', text: config },
    ],
    note: 'isCustomElement tells Vue that these tags are no components of its own. Events: @achievement-unlock="…".',
  };
}

function svelteSnippet(markup: Markup): Snippet {
  const backend = combinedBackend(markup, 'const backend =');
  const script =
    imports(markup) +
    (markup.css ? `import './achievements.css';\n` : '') +
    tokenImport(markup) +
    (backend && `\n${backend}`);
  const tag = tagWith(bracedAttributes(markup), `></${TAG}>`);
  return {
    files: [
      { name: 'Achievements.svelte', text: `<script>\n${indent(script, '  ')}</script>\n\n${tag}\n` },
      ...styleFile(markup),
    ],
    note: 'Svelte 5 sets properties of custom elements by itself. Events: onachievement-unlock={…}.',
  };
}

/** What to write for a framework to get exactly what is set. */
export function snippetFor(framework: Framework, markup: Markup): Snippet {
  switch (framework) {
    case 'html':
      return htmlSnippet(markup);
    case 'react':
      return reactSnippet(markup);
    case 'vue':
      return vueSnippet(markup);
    case 'svelte':
      return svelteSnippet(markup);
  }
}
