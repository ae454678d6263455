import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import lit from 'eslint-plugin-lit';
// @ts-expect-error it has no types
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import globals from 'globals';
import typescript from 'typescript-eslint';

/** What a page may have and a test, a server or a strict environment has not, or has in its own way. */
const worldOfThePage = [
  'window',
  'self',
  'document',
  'navigator',
  'location',
  'indexedDB',
  'localStorage',
  'sessionStorage',
  'fetch',
  'setTimeout',
  'setInterval',
  'requestAnimationFrame',
  'requestIdleCallback',
  'addEventListener',
  'BroadcastChannel',
  'performance',
];

const worldAdvice = 'The layers below the elements get the world from their environment: store/browser-environment.ts.';

/** Ways for a foreign text to become markup, style or script. */
const injection = [
  {
    selector:
      ":matches(MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc|insertAdjacentHTML|setHTMLUnsafe|parseHTMLUnsafe|createContextualFragment)$/], CallExpression[callee.property.name='write'][callee.object.name='document'])",
    message: 'Foreign text never becomes markup: render it with a template.',
  },
  {
    selector: 'TemplateElement[value.raw=/(\\.innerHTML|\\bsrcdoc)\\s*=/]',
    message: 'Foreign text never becomes markup: render it with a template.',
  },
  {
    selector: 'TaggedTemplateExpression[tag.name="html"] TemplateElement[value.raw=/\\sstyle=/]',
    message: 'A strict Content-Security-Policy drops style attributes: use classes, or style.setProperty.',
  },
];

const page = [
  {
    selector: `MemberExpression[object.name="globalThis"][property.name=/^(${worldOfThePage.join('|')})$/]`,
    message: worldAdvice,
  },
  {
    selector:
      'MemberExpression[object.name="Date"][property.name="now"], NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'The time comes from the clock of the environment: model/clock.ts.',
  },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Chance comes from the environment: store/browser-environment.ts.',
  },
];

const litTemplates = {
  name: 'lit',
  importNames: ['html', 'svg'],
  message: 'A text has to be one where it is rendered: the templates of src/elements/template.ts see to it.',
};

const unsafeImports = {
  paths: [
    { name: 'zod', message: "Import 'zod/mini': the classic entry is five times as large, and probes for eval." },
    { name: 'zod/v4', message: "Import 'zod/mini'." },
    { name: 'lit', importNames: ['unsafeCSS'], message: 'Style sheets are written here, not received.' },
    {
      name: 'lit/directives/style-map.js',
      message: 'Its first render writes a style attribute, which a strict Content-Security-Policy drops.',
    },
  ],
  patterns: [
    {
      group: ['lit/directives/unsafe-*', 'lit-html', 'lit-html/**', 'lit/html.js', 'lit/static-html.js'],
      message: 'Foreign text never becomes markup.',
    },
  ],
};

export default defineConfig(
  globalIgnores(['dist/', 'dist-demo/', 'coverage/', '.cache/', 'screenshots/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: { allowDefaultProject: ['.puppeteerrc.cjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  js.configs.recommended,
  typescript.configs.recommendedTypeChecked,
  {
    rules: {
      // `== null` asks for both kinds of nothing.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/unbound-method': 'off',
      // An async method without an await still turns a throw into a rejection, which its interface promises.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      // The reason of a signal may be anything.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingAny: true, allowThrowingUnknown: true }],
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [
      lit.configs?.['flat/recommended'] ?? [],
      wc.configs?.['flat/recommended'] ?? [],
      litA11y.configs.recommended,
    ],
    rules: {
      'no-restricted-imports': ['error', { ...unsafeImports, paths: [...unsafeImports.paths, litTemplates] }],
      'no-restricted-syntax': ['error', ...injection],
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'lit/no-useless-template-literals': 'error',
      // Without list markers WebKit takes the role from a list: https://bugs.webkit.org/show_bug.cgi?id=170179.
      'lit-a11y/no-redundant-role': 'off',
      'lit/no-this-assign-in-render': 'error',
    },
  },
  {
    files: ['src/elements/template.ts'],
    rules: { 'no-restricted-imports': ['error', unsafeImports] },
  },
  {
    files: ['src/{model,backends,store}/**/*.ts'],
    ignores: ['src/store/browser-environment.ts', 'src/model/clock.ts', 'src/backends/base-url.ts'],
    rules: {
      'no-restricted-globals': ['error', ...worldOfThePage.map((name) => ({ name, message: worldAdvice }))],
      'no-restricted-syntax': ['error', ...injection, ...page],
    },
  },
  {
    // IndexedDB's errors are null by their type, and never where they are read.
    files: ['src/store/indexeddb.ts'],
    rules: {
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // `expect(x).to.be.true` is an expression, and asserts.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // What a test reads back from JSON or from a page is whatever it is: the assertions are the check.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // Tests play worlds that break the rules.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
    },
  },
  {
    files: ['test/browser/**/*.ts'],
    rules: {
      // Typed as asynchronous because of its comparison of DOM trees; with anything else it throws at once.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', name: 'Equal', package: 'chai' }] },
      ],
    },
  },
  {
    // The tools: JavaScript with types in comments, over libraries that are typed loosely.
    files: ['**/*.{js,mjs,cjs}'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
