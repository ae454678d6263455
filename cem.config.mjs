// The custom elements manifest: what editors and documentation know of the elements.

/** @typedef {{ name: string, tagName?: string, customElement?: boolean }} Declaration */
/** @typedef {{ path: string, declarations?: Declaration[], exports?: object[] }} ManifestModule */

/**
 * The tags, which stand apart from their classes: `define('achievement-card', AchievementCard)`.
 * @type {Map<string, string>}
 */
const tagOfClass = new Map();

/**
 * The manifest is read beside the built modules, not beside the sources.
 * @param {string} path
 */
const builtPath = (path) => path.replace(/^\/?src\//, 'dist/').replace(/\.ts$/, '.js');

/**
 * @param {unknown} value
 * @param {string} [key]
 * @returns {unknown}
 */
function withBuiltPaths(value, key) {
  if (typeof value === 'string') return key === 'path' || key === 'module' ? builtPath(value) : value;
  if (Array.isArray(value)) return value.map((item) => withBuiltPaths(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withBuiltPaths(member, name)]));
}

export default {
  globs: ['src/elements/*.ts', 'src/define/achievement-*.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [
    {
      name: 'tags',
      /** @param {{ ts: import('typescript'), node: import('typescript').Node, moduleDoc: ManifestModule }} phase */
      analyzePhase({ ts, node, moduleDoc }) {
        if (!ts.isCallExpression(node) || node.expression.getText() !== 'define') return;
        const [tag, element] = node.arguments;
        if (!tag || !element || !ts.isStringLiteral(tag) || !ts.isIdentifier(element)) return;
        tagOfClass.set(element.text, tag.text);
        moduleDoc.exports ??= [];
        moduleDoc.exports.push({
          kind: 'custom-element-definition',
          name: tag.text,
          declaration: { name: element.text, module: `src/elements/${tag.text}.ts` },
        });
      },
      /** @param {{ customElementsManifest: { modules: ManifestModule[] } }} phase */
      packageLinkPhase({ customElementsManifest }) {
        for (const declaration of customElementsManifest.modules.flatMap((each) => each.declarations ?? [])) {
          const tagName = tagOfClass.get(declaration.name);
          if (tagName) Object.assign(declaration, { tagName, customElement: true });
        }
      },
    },
    {
      name: 'built-paths',
      /** @param {{ customElementsManifest: { modules: unknown } }} phase */
      packageLinkPhase({ customElementsManifest }) {
        customElementsManifest.modules = withBuiltPaths(customElementsManifest.modules);
      },
    },
  ],
};
