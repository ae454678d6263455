import { afterEach, describe, expect, it, vi } from 'vitest';
import { json } from '../../../src/backends/json.js';
import { sourceOf, withQuery } from '../../../src/backends/source.js';
import { talonOne } from '../../../src/backends/talon-one.js';
import { xbox } from '../../../src/backends/xbox.js';
import { callWith, problemOf } from './support.js';

afterEach(() => vi.unstubAllGlobals());

describe('an address', () => {
  it.each([
    ['missing', undefined],
    ['null', null],
    ['empty', ''],
    ['blank', '  '],
    ['no URL', 'http://'],
    ['relative where there is no page', '/achievements'],
    ['with a password', 'https://user:canary@game.example/'],
  ])('that is %s is a problem when it is used, not before', async (_name, src) => {
    for (const factory of [json, xbox, talonOne]) {
      const backend = factory({ src: src as string });
      const problem = await problemOf(backend.pull(undefined, callWith()));
      expect(problem).toMatchObject({ code: 'not-found' });
      expect(JSON.stringify([problem, backend.scope])).not.toContain('canary');
    }
  });

  it('is relative to the document', () => {
    vi.stubGlobal('document', { baseURI: 'https://game.example/de/page.html?x#y' });
    expect(sourceOf('../a.json?b=1#c').url()).toBe('https://game.example/a.json?b=1');
    expect(sourceOf('//other.example/a').scope).toBe('https://other.example/a');
  });

  it('is what makes the data different, with whatever else does', () => {
    const src = 'https://game.example/a?titleId=7#top';
    expect(json({ src }).scope).toBe('https://game.example/a?titleId=7');
    const scopes = [
      xbox({ src }),
      xbox({ src, contract: 4 }),
      xbox({ src, earnedSrc: 'https://game.example/earned' }),
      talonOne({ src, history: true }),
    ].map(({ scope }) => scope);
    expect(new Set(scopes).size).toBe(scopes.length);
  });
});

describe('withQuery', () => {
  it.each([
    ['https://a/b', 'https://a/b?page=2'],
    ['https://a/b?', 'https://a/b?page=2'],
    ['https://a/b?page=1', 'https://a/b?page=2'],
    ['https://a/b?x=1&page=1&y=%20+,;?', 'https://a/b?x=1&y=%20+,;?&page=2'],
    ['https://a/b?old=3&pages=4', 'https://a/b?pages=4&page=2'],
  ])('%s -> %s', (url, expected) => {
    expect(withQuery(url, 'page', 2, 'old')).toBe(expected);
  });

  it('encodes the value', () => {
    expect(withQuery('https://a/b', 't', '32,2018&x=#')).toBe('https://a/b?t=32%2C2018%26x%3D%23');
  });
});
