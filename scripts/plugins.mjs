// Plugins of the one-file build.

import ts from 'typescript';

/** @import { Plugin } from 'vite' */

/** The only name of ours that a page's `trusted-types` directive would have to list. */
const ownPolicyName = 'achievement-elements';

const policyCreation = /(\w+)\.createPolicy\("lit-html",(\{createHTML:(\w+)=>\3\})\)/;

/**
 * Lit creates its Trusted Types policy when it loads. If a page allows the name once and has a Lit of its own, the
 * second copy to load throws, and takes the page's code with it: https://github.com/AmoebeLabs/flex-horseshoe-card/issues/146.
 * In the one file that carries its own Lit a refused policy is therefore no error: another name is tried, then none.
 * @returns {Plugin}
 */
export function guardedTrustedTypesPolicy() {
  let guarded = 0;
  return {
    name: 'guarded-trusted-types-policy',
    buildStart() {
      guarded = 0;
    },
    transform: {
      filter: { id: /\/lit-html\.js(\?|$)/ },
      handler(code) {
        const result = code.replace(policyCreation, (_, trustedTypes, rules) => {
          guarded += 1;
          const names = `["lit-html","${ownPolicyName}"]`;
          return `((types,rules)=>{for(const name of ${names})try{return types.createPolicy(name,rules)}catch{}})(${trustedTypes},${rules})`;
        });
        return { code: result, map: null };
      },
    },
    generateBundle(_, bundle) {
      const calls = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? (file.code.match(/\.createPolicy\(/g) ?? []) : [],
      );
      if (guarded !== 1 || calls.length !== 1) {
        this.error(
          `Lit's Trusted Types policy was to be guarded once, and was ${guarded} times (${calls.length} calls in the ` +
            'bundle): look at the new code of lit-html, and change `policyCreation` in scripts/plugins.mjs.',
        );
      }
    },
  };
}

/** Runs of white space with a line break in them are there for the reader of the source. */
const layout = /\s*\n\s*/g;

/**
 * HTML is shown the same with one space for many; none would join words.
 * @param {string} text
 */
const smallerHtml = (text) => text.replace(layout, ' ');

/**
 * Strings stay as they are; a space in a selector or in `calc()` has a meaning, one around a brace has none.
 * @param {string} text
 */
const smallerCss = (text) =>
  text.replace(
    /("[^"\n]*"|'[^'\n]*')|\/\*[^]*?\*\/|\s*([{};])\s*|([,:])\s+|\s+/g,
    (_, string = '', brace = '', mark = '') => string || brace || mark || (_.startsWith('/*') ? '' : ' '),
  );

/** @type {Record<string, (text: string) => string>} */
const smallerByTag = { html: smallerHtml, svg: smallerHtml, css: smallerCss };

/**
 * Takes the layout out of the templates and style sheets of a source text.
 * @param {string} code
 * @param {string} [fileName]
 */
export function smallerTemplates(code, fileName = 'source.ts') {
  const source = ts.createSourceFile(fileName, code, ts.ScriptTarget.ES2022);
  /** @type {{ start: number, end: number, text: string }[]} */
  const changes = [];

  /** @param {ts.Node} node */
  function visit(node) {
    const smaller = ts.isTaggedTemplateExpression(node) ? smallerByTag[node.tag.getText(source)] : undefined;
    if (ts.isTaggedTemplateExpression(node) && smaller) {
      const { template } = node;
      const pieces = ts.isNoSubstitutionTemplateLiteral(template)
        ? [template]
        : [template.head, ...template.templateSpans.map((span) => span.literal)];
      for (const piece of pieces) {
        const start = piece.getStart(source) + 1;
        const end = piece.getEnd() - (code.slice(0, piece.getEnd()).endsWith('${') ? 2 : 1);
        changes.push({ start, end, text: smaller(code.slice(start, end)) });
      }
    }
    ts.forEachChild(node, visit);
  }
  visit(source);

  return changes
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, text }) => result.slice(0, start) + text + result.slice(end), code);
}

/** @returns {Plugin} */
export function smallTemplates() {
  return {
    name: 'small-templates',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts(\?|$)/ },
      handler(code, id) {
        return { code: smallerTemplates(code, id), map: null };
      },
    },
  };
}
