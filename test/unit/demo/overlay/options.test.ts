import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OPTIONS, readOptions } from '../../../../demo/pages/overlay/options.js';

describe('the address of the overlay', () => {
  it.each<[string, ReturnType<typeof readOptions>['attributes'], Record<string, string>]>([
    ['', { source: {}, toasts: {}, tracker: {} }, {}],
    [
      '?src=/a%3Fb=1&player=nova&reports&events=true&refresh=60',
      {
        source: { src: '/a?b=1', player: 'nova', reports: '', events: '', refresh: '60' },
        toasts: {},
        tracker: {},
      },
      {},
    ],
    [
      'position=top&margin=0&scale=2.5&max=5&milestones=25+50&sound=on&volume=0.2&missed=1',
      {
        source: {},
        toasts: {
          position: 'top',
          margin: '0',
          scale: '2.5',
          max: '5',
          milestones: '25 50',
          sound: 'on',
          volume: '0.2',
          missed: '',
        },
        tracker: {},
      },
      {},
    ],
    [
      '?tracker=all&tracker-limit=2&tracker-position=end&test',
      { source: {}, toasts: {}, tracker: { limit: '2' } },
      { tracker: 'all', 'tracker-position': 'end', test: '' },
    ],
    ['?test=0&list=false&missed=off&reports=no', { source: {}, toasts: {}, tracker: {} }, {}],
  ])('%s is read', (search, attributes, page) => {
    expect(readOptions(search)).toEqual({ attributes, page, mistakes: [] });
  });

  it.each([
    ['?postion=top', 'There is no option postion.'],
    ['?__proto__=1', 'There is no option __proto__.'],
    ['?constructor=1', 'There is no option constructor.'],
    ['?position=left', /^position=left is none of top-start, /],
    ['?max=0', 'max=0 is no number from 1 to 20.'],
    ['?max=', 'max= is no number from 1 to 20.'],
    ['?scale=big', 'scale=big is no number from 0.5 to 8.'],
    ['?volume=NaN', 'volume=NaN is no number from 0 to 1.'],
    ['?theme=blue', 'theme=blue is none of auto, light, dark.'],
  ])('%s is named as a mistake, and nothing comes of it', (search, mistake) => {
    const { attributes, page, mistakes } = readOptions(search);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(mistake);
    expect([attributes, page]).toEqual([{ source: {}, toasts: {}, tracker: {} }, {}]);
  });

  it('has no place for a token', () => {
    expect(Object.keys(OPTIONS).filter((name) => /token|key|secret|password|auth/i.test(name))).toEqual([]);
  });

  it('is described whole in docs/overlay.md, in the same words', () => {
    const text = readFileSync(new URL('../../../../docs/overlay.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `([\w-]+)` +\| (.+?) +\|$/gm)].map(([, name, about]) => [name, about]);
    expect(rows).toEqual(Object.entries(OPTIONS).map(([name, { about }]) => [name, about]));
  });
});
