import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeImage, safeLink } from '../../../src/model/index.js';

const secure = { base: 'https://page.example/de/' };
const plain = { base: 'http://page.example/' };
const listed = {
  ...secure,
  linkSchemes: ['steam', 'MS-XBL-7972ac43:', 'javascript', 'data', 'vbscript:', 'blob', 'http'],
};

/** Texts that run code, or a page of somebody's making, where they are taken for a URL. */
const HOSTILE = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  '\u0001javascript:alert(1)',
  '\u001fjavascript:alert(1)',
  'java\tscript:alert(1)',
  'java\nscript:alert(1)',
  'java\r\nscript:alert(1)',
  'javascript\t:alert(1)',
  'javascript://page.example/%0aalert(1)',
  'javascript:https://page.example/',
  '&#106;avascript:alert(1)',
  'jav&#x09;ascript:alert(1)',
  'javascript%3Aalert(1)',
  '%6aavascript:alert(1)',
  'vbscript:x',
  'VBScript:x',
  'data:text/html,<script>alert(1)</script>',
  'DATA:text/html,x',
  'data:image/svg+xml,<svg onload=alert(1)>',
  'data:image/svg+xml;base64,PHN2Zz4=',
  'data:image/png,<script>',
  'data:image/png;base64,<script>',
  'data:text/html;base64,AAAA',
  'data:image/png;charset=x;base64,AAAA',
  ' data:image/png;base64,AAAA',
  'blob:https://page.example/1',
  'filesystem:https://page.example/1',
  'file:///etc/passwd',
  'about:blank',
  'view-source:https://page.example',
  'https://good.example@evil.example/',
  'https://user:password@evil.example/',
  'https://user@page.example/a.png',
  'http://evil.example/a.png',
  'HTTP://evil.example/a.png',
  'ftp://evil.example/',
  'ws://evil.example/',
  'steam://run/1',
  'https://',
  'https://[',
  '',
];
/** What relative texts become. Only pictures may be relative. */
const RELATIVE = new Set([
  '&#106;avascript:alert(1)',
  'jav&#x09;ascript:alert(1)',
  'javascript%3Aalert(1)',
  '%6aavascript:alert(1)',
]);

it('an address is looked at in no time, however long it is and whatever stands at its end', () => {
  const started = performance.now();
  for (const part of ['a', 'a/', 'a.', 'a-', '%', 'a.b']) {
    safeImage(`https://pictures.example/${part.repeat(120)}!`, { base: 'https://game.example/' });
    safeImage(`https://${'a.'.repeat(200)}!`, { base: 'https://game.example/' });
  }
  expect(performance.now() - started).toBeLessThan(100);
});

describe('a picture', () => {
  it.each(HOSTILE)('is not taken from %j on a secure page', (text) => {
    const url = safeImage(text, secure);
    if (RELATIVE.has(text)) expect(url).toMatch(/^https:\/\/page\.example\/de\//);
    else expect(url).toBeUndefined();
  });

  it.each([
    ['https://cdn.example/a b.png', 'https://cdn.example/a%20b.png'],
    ['HTTPS://CDN.example/A', 'https://cdn.example/A'],
    ['a.png', 'https://page.example/de/a.png'],
    ['/a.png', 'https://page.example/a.png'],
    ['//cdn.example/a.png', 'https://cdn.example/a.png'],
    ['/\\cdn.example/a.png', 'https://cdn.example/a.png'],
    ['https://cdn.example/"onerror="x', 'https://cdn.example/%22onerror=%22x'],
    ['data:image/png;base64,iVBORw0KGgo=', 'data:image/png;base64,iVBORw0KGgo='],
    [`data:image/webp;base64,${'A'.repeat(8000)}`, `data:image/webp;base64,${'A'.repeat(8000)}`],
    [`data:image/webp;base64,${'A'.repeat(8200)}`, undefined],
    [undefined, undefined],
  ])('%.40j is %.40j', (text, url) => {
    expect(safeImage(text, secure)).toBe(url);
  });

  it('may be plain http only beside a page that is', () => {
    expect(safeImage('http://cdn.example/a.png', plain)).toBe('http://cdn.example/a.png');
    expect(safeImage('http://cdn.example/a.png', secure)).toBeUndefined();
    expect(safeImage('http://user@cdn.example/a.png', plain)).toBeUndefined();
    expect(safeImage('a.png', { base: 'about:blank' })).toBeUndefined();
    expect(safeImage('https://cdn.example/a.png', { base: 'about:blank' })).toBe('https://cdn.example/a.png');
  });
});

describe('a link', () => {
  it.each(HOSTILE)('does not lead to %j', (text) => {
    expect(safeLink(text, secure)).toBeUndefined();
  });

  it.each(HOSTILE.filter((text) => text !== 'steam://run/1'))(
    'does not lead to %j whatever schemes the host lists',
    (text) => {
      expect(safeLink(text, listed)).toBeUndefined();
    },
  );

  it.each([
    ['https://game.example/a', 'https://game.example/a'],
    ['steam://run/1', 'steam://run/1'],
    ['STEAM://run/1', 'steam://run/1'],
    ['ms-xbl-7972ac43://x', 'ms-xbl-7972ac43://x'],
    ['other://x', undefined],
    ['steamy://x', undefined],
    ['aWFtYWRlZXBsaW5r', undefined],
    ['/relative', undefined],
    ['//evil.example', undefined],
    ['#here', undefined],
    [undefined, undefined],
  ])('%j is %j', (text, url) => {
    expect(safeLink(text, listed)).toBe(url);
  });

  it('may be plain http only beside a page that is, and never by a list', () => {
    expect(safeLink('http://game.example/', plain)).toBe('http://game.example/');
    expect(safeLink('http://game.example/', listed)).toBeUndefined();
  });
});

describe('both', () => {
  it('allow no scheme but the allowed ones, whatever the text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.tuple(fc.constantFrom(...HOSTILE), fc.string()).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (value) => {
        for (const url of [safeImage(value, secure), safeLink(value, secure)]) {
          if (url !== undefined) expect(url).toMatch(/^(https:\/\/|data:image\/(png|jpeg|gif|webp|avif);base64,)/);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('control: a check of the beginning lets through what runs', () => {
    const naive = (text: string) => !text.startsWith('javascript:');
    const through = HOSTILE.filter(
      (text) => naive(text) && /^javascript:/i.test(URL.canParse(text) ? new URL(text).href : ''),
    );
    expect(through.length).toBeGreaterThan(5);
  });
});
