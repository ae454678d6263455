import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GAME_ACHIEVEMENTS } from '../../../demo/services/game-data.js';
import { JSON_ACHIEVEMENTS } from '../../../demo/services/json-data.js';
import { answerPicture, pictureFiles, renderPicture } from '../../../demo/services/pictures-node.js';
import { PICTURES, PICTURE_CREDITS, TONES, parsePictureName, pictureUrl } from '../../../demo/services/pictures.js';
import { TALON_ONE_ACHIEVEMENTS } from '../../../demo/services/talon-one-data.js';
import { MODERN_TITLES } from '../../../demo/services/xbox-data.js';

/** Every picture that an achievement or a reward names. */
const USED = [
  ...MODERN_TITLES.flatMap(({ achievements }) => achievements).flatMap(({ picture, rewards }) => [
    picture,
    ...(rewards ?? []).map((reward) => reward.picture),
  ]),
  ...TALON_ONE_ACHIEVEMENTS.map(({ picture }) => picture),
  ...[...JSON_ACHIEVEMENTS, ...GAME_ACHIEVEMENTS].flatMap(({ picture, item }) => [picture, item?.picture]),
].filter((picture) => picture !== undefined && !picture.includes('/')) as string[];

/** Elements that are opened and closed in order, quoted attributes, and no stray brackets or ampersands. */
function isWellFormed(document: string): boolean {
  const open: string[] = [];
  const rest = document.replace(
    /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<&]*")*)\s*(\/?)>/g,
    (_, end, name, _attributes, empty) => {
      if (end) {
        if (open.pop() !== name) open.push('mismatch');
      } else if (!empty) open.push(String(name));
      return '';
    },
  );
  return open.length === 0 && rest.trim() === '';
}

describe('the shop’s overrides', () => {
  interface Shown {
    readonly icon: string;
    readonly art: string;
  }
  const { achievements } = JSON.parse(
    readFileSync(new URL('../../../demo/public/shop-overrides.json', import.meta.url), 'utf8'),
  ) as { readonly achievements: Readonly<Record<string, Shown>> };

  it('give each of its achievements the picture that is meant for it, beside the file', () => {
    for (const { name, picture } of TALON_ONE_ACHIEVEMENTS) {
      expect(achievements[name]?.icon, name).toBe(pictureUrl(picture, { base: 'pictures/' }));
      expect(achievements[name]?.art, name).toBe(pictureUrl(picture, { base: 'pictures/', shape: 'wide' }));
      expect(parsePictureName(`${picture}.svg`), name).toBeDefined();
    }
    expect(Object.keys(achievements)).toHaveLength(TALON_ONE_ACHIEVEMENTS.length);
  });
});

describe('the pictures', () => {
  it('are those that are used, no more and no fewer, and enough of them', () => {
    expect(Object.keys(PICTURES).sort()).toEqual([...new Set(USED)].sort());
    expect(Object.keys(PICTURES).length).toBeGreaterThanOrEqual(60);
  });

  it('are valid drawings without anything that runs or loads', () => {
    for (const { file, svg } of pictureFiles()) {
      expect(isWellFormed(svg), file).toBe(true);
      expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (?:360|640) 360"/);
      expect(svg).not.toMatch(/<script|<foreignObject|\son\w+=|href=|url\((?!#)/i);
      expect(svg).toContain('currentColor');
    }
    expect([...pictureFiles()]).toHaveLength(2 * Object.keys(PICTURES).length);
  });

  it('use every tone', () => {
    expect(new Set(Object.values(PICTURES))).toEqual(new Set(Object.keys(TONES)));
  });

  it('are served square and wide, in the tone that is asked for', async () => {
    const ask = (path: string) => answerPicture(new URL(path, 'http://demo.test'));
    const square = ask(pictureUrl('coffee-cup'));
    expect(square?.headers.get('content-type')).toBe('image/svg+xml');
    expect(await square?.text()).toContain(TONES.coffee.figure);
    expect(await ask(pictureUrl('coffee-cup', { shape: 'wide' }))?.text()).toContain('width="640"');
    expect(await ask('/pictures/coffee-cup.svg?tone=teal')?.text()).toContain(TONES.teal.figure);
    expect(await ask('/pictures/coffee-cup.svg?tone="><script>')?.text()).toContain(TONES.coffee.figure);
  });

  it.each([
    '/pictures/lost/postcard.png',
    '/pictures/nothing.svg',
    '/pictures/..%2Fpackage.json',
    '/pictures/constructor.svg',
  ])('do not exist at %s', (path) => expect(answerPicture(new URL(path, 'http://demo.test'))?.status).toBe(404));

  it('leave other paths alone', () => {
    expect(answerPicture(new URL('http://demo.test/index.html'))).toBeUndefined();
    expect(renderPicture('no-such-icon', 'square')).toBeUndefined();
  });

  it('name their authors', () => {
    const notice = readFileSync(new URL('../../../demo/pictures.md', import.meta.url), 'utf8');
    for (const text of [PICTURE_CREDITS, notice]) {
      for (const part of ['Lorc', 'Delapouite', 'CC BY 3.0', 'https://game-icons.net']) expect(text).toContain(part);
    }
  });
});

it('tells a broken drawing from a good one', () => {
  expect(isWellFormed('<svg a="b"><g/></svg>')).toBe(true);
  for (const broken of ['<svg><g></svg>', '<svg', '<svg>&</svg>', '<svg a=b/>', '<g></svg>']) {
    expect(isWellFormed(broken), broken).toBe(false);
  }
});
