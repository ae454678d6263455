/** Loads the words of each language but the one that is inside. */
export const LOCALES = {
  de: () => import('../../src/locales/de.js'),
  es: () => import('../../src/locales/es.js'),
  fr: () => import('../../src/locales/fr.js'),
  it: () => import('../../src/locales/it.js'),
  nl: () => import('../../src/locales/nl.js'),
  pl: () => import('../../src/locales/pl.js'),
  'pt-BR': () => import('../../src/locales/pt-BR.js'),
  ar: () => import('../../src/locales/ar.js'),
  ja: () => import('../../src/locales/ja.js'),
  ko: () => import('../../src/locales/ko.js'),
  'zh-CN': () => import('../../src/locales/zh-CN.js'),
} satisfies Readonly<Record<string, () => Promise<unknown>>>;
