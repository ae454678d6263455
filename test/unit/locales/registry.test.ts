import { beforeEach, describe, expect, it, vi } from 'vitest';
import { en } from '../../../src/locales/en.js';
import { spokenFor } from '../../../src/locales/registry.js';
import { termsOf, textsOf } from './support.js';

describe('with every language registered, what is spoken', () => {
  // Simplified characters for a reader of traditional ones are a mistake that every one of them notices, in the words of
  // another country; English says of itself that a translation is missing. A page may register one for the other.
  const cases: readonly (readonly [wanted: string, spoken: string])[] = [
    ['de', 'de'],
    ['DE-at', 'de'],
    ['de-CH', 'de'],
    ['de-Latn-DE', 'de'],
    ['fr-CA', 'fr'],
    ['es-419', 'es'],
    ['pt', 'pt-BR'],
    ['pt-BR', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['pt-PT', 'pt-BR'],
    ['zh', 'zh-CN'],
    ['zh-CN', 'zh-CN'],
    ['zh-Hans', 'zh-CN'],
    ['zh-hans-cn', 'zh-CN'],
    ['zh-SG', 'zh-CN'],
    ['zh-TW', 'en'],
    ['zh-HK', 'en'],
    ['zh-MO', 'en'],
    ['zh-Hant', 'en'],
    ['zh-Hant-CN', 'en'],
    ['ar-EG', 'ar'],
    ['ja-JP', 'ja'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['sv', 'en'],
    ['gsw', 'en'],
  ];
  it.each(cases)('for %s is %s', (wanted, spoken) => {
    const { terms, language } = spokenFor(wanted);
    expect(terms).toEqual(termsOf(spoken));
    // Dates and numbers are those of the region that was asked for, where the words are of its language.
    expect(language).toBe(spoken === 'en' && !wanted.startsWith('en') ? 'en' : wanted);
  });
});

describe('the registry', () => {
  let registry: typeof import('../../../src/locales/registry.js');
  const emptyIn = (wanted: string) => registry.spokenFor(wanted).terms.empty;

  beforeEach(async () => {
    vi.resetModules();
    registry = await import('../../../src/locales/registry.js');
  });

  it('speaks English as long as there is nothing else', () => {
    for (const [wanted, language] of [
      ['de', 'en'],
      ['en-GB', 'en-GB'],
    ] as const) {
      const spoken = registry.spokenFor(wanted);
      expect(textsOf(spoken.terms)).toEqual(textsOf(en));
      expect(spoken.language).toBe(language);
    }
  });

  it.each([
    ['pt', 'pt-BR'],
    ['pt-BR', 'pt'],
  ])('prefers the very tag, then the language, in whatever order they come: %s, %s', (...order) => {
    for (const tag of order) registry.registerLocale(tag, { empty: tag });
    expect(['pt', 'pt-BR', 'pt-PT', 'pt-AO'].map(emptyIn)).toEqual(['pt', 'pt-BR', 'pt', 'pt']);
  });

  it('lets a page decide for the readers of another script', () => {
    registry.registerLocale('zh-CN', { empty: '还没有' });
    expect(emptyIn('zh-TW')).toBe(en.empty);
    registry.registerLocale('zh-Hant', { empty: '還沒有' });
    expect(['zh-TW', 'zh-HK', 'zh-Hant-HK', 'zh', 'zh-SG'].map(emptyIn)).toEqual([
      '還沒有',
      '還沒有',
      '還沒有',
      '还没有',
      '还没有',
    ]);
  });

  it('says in English what a language leaves out, and replaces a language as a whole', () => {
    registry.registerLocale('eo', { empty: 'Nenio.' });
    registry.registerLocale('eo', { loading: 'Momenton…' });
    expect(textsOf(registry.spokenFor('eo').terms)).toEqual(textsOf({ ...en, loading: 'Momenton…' }));
  });

  it('has other words for one kind of English, without changing the rest', () => {
    registry.registerLocale('en-GB', { achievements: 'Achievements, old chap' });
    expect(registry.spokenFor('en-GB').terms.achievements).toBe('Achievements, old chap');
    expect(textsOf(registry.spokenFor('en-US').terms)).toEqual(textsOf(en));
  });

  it('refuses what is no language', () => {
    expect(() => registry.registerLocale('not a language', {})).toThrow(RangeError);
  });
});
