// What Lit looks for in the window, before it looks. An `<a id="reactiveElementVersions">` of the host is what Lit finds
// there, and ends with an error; so does an `<a id="trustedTypes">` in an engine that has none. Only for the files for
// script tags, which are the first to need Lit; in a bundle, the host says in which order its modules run.

/** Lists that Lit adds to, as it does where they are missing. */
const LISTS = ['reactiveElementVersions', 'litHtmlVersions', 'litElementVersions'];

/** What Lit calls or asks where it is there. */
const HOOKS = [
  'reactiveElementPolyfillSupport',
  'litHtmlPolyfillSupport',
  'litElementPolyfillSupport',
  'litElementHydrateSupport',
  'trustedTypes',
  'ShadyCSS',
  'ShadyDOM',
];

const isNamedElement = (value: unknown) => value instanceof Element || value instanceof HTMLCollection;

const page = globalThis as unknown as Record<string, unknown>;

if (typeof Element !== 'undefined') {
  for (const name of [...LISTS, ...HOOKS]) {
    if (!isNamedElement(page[name])) continue;
    const value = LISTS.includes(name) ? [] : undefined;
    Object.defineProperty(page, name, { value, configurable: true, writable: true });
  }
}
