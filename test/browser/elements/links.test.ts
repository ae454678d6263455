import { expect } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import type { AchievementCard } from '../../../src/elements/achievement-card.js';
import type { AchievementOpenEvent, AchievementProblemEvent } from '../../../src/elements/events.js';
import {
  achievement,
  cardOf,
  click,
  countRenders,
  deferred,
  eventsAt,
  openDetails,
  part,
  room,
  settled,
  show,
  speakEnglish,
  until,
  words,
} from '../../support/elements/fixtures.js';

type Offer = 'nothing' | 'button' | `link ${string}`;

const linked = (deepLink: string, linkSchemes = '') =>
  show('achievement-card', { achievement: achievement('linked', { deepLink }), linkSchemes });

function offerOf(card: AchievementCard): Offer {
  const action = part(card, 'action');
  if (!action) return 'nothing';
  return action.localName === 'a' ? `link ${action.getAttribute('href')}` : 'button';
}

const CONTROL = String.fromCharCode(1);
const NOTHING: readonly string[] = [
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  `${CONTROL}javascript:alert(1)`,
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  'javascript://example.com/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
  'DATA:text/html;base64,PHNjcmlwdD4=',
  'vbscript:msgbox(1)',
  'blob:https://example.com/5a1e',
  'filesystem:https://example.com/temporary/page.html',
];

const BUTTONS: readonly string[] = [
  'aWFtYWRlZXBsaW5r',
  'steam://run/220',
  'ms-xbl-7972ac43://default/',
  'https://good.example@evil.example/',
  'https://user:password@evil.example/',
  '//evil.example/path',
  '\\\\evil.example\\path',
  '/path/of/this/page',
  'path',
  '?query',
  '#fragment',
  'file:///etc/passwd',
  'about:blank',
  'view-source:https://example.com/',
  'intent://scan/#Intent;scheme=zxing;end',
  'mailto:somebody@example.com',
  'ws://example.com/',
  'https://',
  'http://[',
];

const LINKS: readonly (readonly [deepLink: string, href: string])[] = [
  ['https://example.com/play?a=1#b', 'https://example.com/play?a=1#b'],
  ['HTTPS://EXAMPLE.COM/Play', 'https://example.com/Play'],
  [' https://example.com/play ', 'https://example.com/play'],
  ['https:\\\\example.com\\play', 'https://example.com/play'],
  [
    'https://example.com/"><img src=x onerror=alert(1)>',
    'https://example.com/%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E',
  ],
  ['https://exámple.com/', 'https://xn--exmple-qta.com/'],
  // This page is http: itself; on an https: page it would be a button.
  ['http://example.com/', 'http://example.com/'],
];

before(speakEnglish);

describe('a deep link', () => {
  for (const deepLink of NOTHING) {
    it(`that would run code is not offered at all: ${JSON.stringify(deepLink)}`, async () => {
      expect(offerOf(await linked(deepLink))).to.equal('nothing');
      expect(offerOf(await linked(deepLink, 'javascript data: vbscript blob filesystem JavaScript'))).to.equal(
        'nothing',
      );
    });
  }

  for (const deepLink of BUTTONS) {
    it(`that this page may not open is a button, which asks the host: ${JSON.stringify(deepLink)}`, async () => {
      const card = await linked(deepLink);
      expect(offerOf(card)).to.equal('button');
      const events = eventsAt(card);
      click(part(card, 'action'));
      expect(events.map(({ type }) => type)).to.deep.equal(['achievement-open', 'achievement-problem']);
      expect((events[0] as AchievementOpenEvent).deepLink).to.equal(deepLink);
      const { problem } = events[1] as AchievementProblemEvent;
      expect(problem.message).to.contain('achievement-open');
    });
  }

  for (const [deepLink, href] of LINKS) {
    it(`on the web is a link, written as the browser reads it: ${JSON.stringify(deepLink)}`, async () => {
      const card = await linked(deepLink);
      expect(offerOf(card)).to.equal(`link ${href}`);
      const link = part(card, 'action') as HTMLAnchorElement;
      expect([link.target, link.rel]).to.deep.equal(['_blank', 'noopener noreferrer']);
    });
  }

  const listed: readonly (readonly [deepLink: string, schemes: string, offer: Offer])[] = [
    ['steam://run/220', 'steam', 'link steam://run/220'],
    ['steam://run/220', 'steam:', 'link steam://run/220'],
    ['STEAM://run/220', 'Steam', 'link steam://run/220'],
    ['steam://run/220', 'ms-xbl-7972ac43 steam', 'link steam://run/220'],
    ['steam://run/220', 'steamy', 'button'],
    ['steam://run/220', 'ste', 'button'],
    ['ms-xbl-7972ac43://default/', 'ms-xbl-7972ac43', 'link ms-xbl-7972ac43://default/'],
    // A scheme that is listed is not a way around what holds for the web.
    ['https://good.example@evil.example/', 'steam', 'button'],
    ['http://good.example@evil.example/', 'http', 'button'],
  ];
  for (const [deepLink, schemes, offer] of listed) {
    it(`follows link-schemes="${schemes}": ${deepLink}`, async () => {
      expect(offerOf(await linked(deepLink, schemes))).to.equal(offer);
    });
  }

  it('of a game opens in place, and says its name', async () => {
    const card = await linked('steam://run/220', 'steam');
    const link = part(card, 'action') as HTMLAnchorElement;
    expect(link.hasAttribute('target')).to.equal(false);
    expect(link.getAttribute('aria-label')).to.equal('Open in game: Name of linked');
  });

  it('gets its schemes from the list, or from the source around it', async () => {
    const achievements = [achievement('linked', { deepLink: 'steam://run/220' })];
    const list = await show('achievement-list', { achievements, linkSchemes: 'steam' });
    expect(offerOf(cardOf(list, 'linked'))).to.equal('link steam://run/220');
    const source = await show('achievement-source', { linkSchemes: 'steam' });
    const inside = await show('achievement-list', { achievements }, source);
    expect(offerOf(cardOf(inside, 'linked'))).to.equal('link steam://run/220');
  });

  it('is followed unless the host refuses', async () => {
    const parent = await room();
    const card = await show(
      'achievement-card',
      { achievement: achievement('linked', { deepLink: 'https://example.com/play' }) },
      parent,
    );
    /** Whether the browser would have gone there. */
    const goes = (prepare: (event: Event) => void) => {
      let gone: boolean | undefined;
      parent.addEventListener('achievement-open', prepare, { once: true });
      parent.addEventListener(
        'click',
        (event) => {
          gone = !event.defaultPrevented;
          event.preventDefault();
        },
        { once: true },
      );
      click(part(card, 'action'));
      return gone;
    };
    expect(goes(() => undefined)).to.equal(true);
    expect(goes((event) => event.preventDefault())).to.equal(false);
  });

  it('that the host opens itself raises no problem', async () => {
    const card = await linked('aWFtYWRlZXBsaW5r');
    const problems = eventsAt(card, ['achievement-problem']);
    card.addEventListener('achievement-open', (event) => event.preventDefault(), { once: true });
    click(part(card, 'action'));
    expect(problems).to.deep.equal([]);
  });

  it('names the scheme that would have to be listed', async () => {
    const card = await linked('steam://run/220');
    const problems = eventsAt(card, ['achievement-problem']) as AchievementProblemEvent[];
    click(part(card, 'action'));
    expect(problems[0]?.problem.message).to.contain('steam:').and.contain('link-schemes');
  });

  it('would be caught where it is written as it came', () => {
    const link = Object.assign(document.createElement('a'), { href: 'java\nscript:alert(1)' });
    // So the table is not about texts that browsers refuse anyway.
    expect(link.protocol).to.equal('javascript:');
  });
});

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

describe('a picture', () => {
  const pictured = (url: string, layout: AchievementCard['layout'] = 'list') =>
    show('achievement-card', { achievement: achievement('pictured', { media: { icon: { url } } }), layout });
  const imageOf = (card: AchievementCard) => part(card, 'icon')?.querySelector('img');
  const letterOf = (card: AchievementCard) => words(part(card, 'icon')?.querySelector('.placeholder'));

  const refused: readonly string[] = [
    'javascript:alert(1)',
    'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    'data:image/svg+xml;base64,PHN2Zy8+',
    'data:text/html,<script>alert(1)</script>',
    `data:image/png;base64,${'A'.repeat(9000)}`,
    'https://user@evil.example/icon.png',
    'blob:https://example.com/5a1e',
    'file:///etc/passwd',
    'ftp://example.com/icon.png',
    'steam://icon',
    'http://[',
    '',
  ];
  for (const url of refused) {
    it(`that may not be shown is a letter, and asked of nobody: ${JSON.stringify(url.slice(0, 60))}`, async () => {
      const card = await pictured(url);
      expect(imageOf(card)).to.equal(null);
      expect(letterOf(card)).to.equal('N');
    });
  }

  it('may be on the web, beside the page, or small and inside the answer', async () => {
    const allowed: readonly (readonly [url: string, src: string])[] = [
      ['/pictures/sun.svg', `${location.origin}/pictures/sun.svg`],
      ['//pictures.invalid/icon.png', `${location.protocol}//pictures.invalid/icon.png`],
      ['https://pictures.invalid/a b.png', 'https://pictures.invalid/a%20b.png'],
      [PIXEL, PIXEL],
    ];
    for (const [url, src] of allowed) {
      const card = await pictured(url);
      expect(imageOf(card)?.getAttribute('src')).to.equal(src);
    }
  });

  it('tells nobody who looks, and waits until it is needed', async () => {
    const image = imageOf(await pictured(PIXEL))!;
    expect([image.referrerPolicy, image.loading, image.alt]).to.deep.equal(['no-referrer', 'lazy', '']);
  });

  const initials: readonly (readonly [name: string, initial: string])[] = [
    ['apple', 'A'],
    ['  “quoted”', 'Q'],
    ['7 days', '7'],
    ['élan', 'É'],
    ['👍🏽 great', 'G'],
    ['नमस्ते', 'न'],
    ['𝒜bc', '𝒜'],
    ['!!!', '?'],
  ];
  for (const [name, initial] of initials) {
    it(`that is missing is the first letter of the name: ${name}`, async () => {
      expect(letterOf(await show('achievement-card', { achievement: achievement('x', { name }) }))).to.equal(initial);
    });
  }

  it('that cannot be loaded is a letter', async () => {
    const card = await pictured('/pictures/not-there.svg?broken');
    await until(() => !imageOf(card));
    expect(letterOf(card)).to.equal('N');
  });

  it('is tried again when the achievement gets another one', async () => {
    const card = await pictured('/pictures/not-there.svg?again');
    await until(() => !imageOf(card));
    card.achievement = achievement('pictured', { media: { icon: { url: PIXEL } } });
    await card.updateComplete;
    expect(imageOf(card)?.src).to.equal(PIXEL);
  });

  it('that cannot be loaded is asked for once, also where the picture of a reward fails too', async () => {
    const url = '/pictures/not-there.svg?once';
    const card = await show('achievement-card', {
      achievement: achievement('pictured', {
        media: { icon: { url } },
        rewards: [1, 2].map((index) => ({ kind: 'item' as const, name: 'Item', image: `${url}-${index}` })),
      }),
    });
    const renders = countRenders(card);
    await until(() => !card.renderRoot.querySelector('img'));
    // Let a loop run, if there is one.
    for (let turn = 0; turn < 5; turn++) {
      const image = new Image();
      image.src = `/pictures/not-there.svg?turn-${turn}`;
      await image.decode().catch(() => undefined);
      await card.updateComplete;
    }
    expect(renders.count).to.be.at.most(3);
  });

  for (const layout of ['list', 'grid', 'compact'] as const) {
    it(`takes the same room before, while and after it is loaded: ${layout}`, async () => {
      const sizeOf = (card: AchievementCard) => {
        const { width, height } = part(card, 'icon')!.getBoundingClientRect();
        return { width, height, card: card.getBoundingClientRect().height };
      };
      const none = await pictured('', layout);
      const broken = await pictured(`/pictures/not-there.svg?${layout}`, layout);
      const during = sizeOf(broken);
      await until(() => !imageOf(broken));
      const wide = await pictured(`/pictures/sun.wide.svg?${layout}`, layout);
      const loading = sizeOf(wide);
      // Further down it would not be loaded at all.
      wide.scrollIntoView();
      await until(() => imageOf(wide)?.complete && imageOf(wide)!.naturalWidth > 0);
      expect(loading.width).to.be.greaterThan(30);
      for (const [when, size] of Object.entries({
        none: sizeOf(none),
        'not there yet': during,
        broken: sizeOf(broken),
        loaded: sizeOf(wide),
      })) {
        expect(size, when).to.deep.equal(loading);
      }
      const box = imageOf(wide)!.getBoundingClientRect();
      expect([box.width, box.height], 'the picture itself').to.deep.equal([loading.width, loading.height]);
    });
  }

  it('of a reward is shown only where it may be', async () => {
    const card = await show('achievement-card', {
      achievement: achievement('rewarded', {
        rewards: [
          { kind: 'item', name: 'Good', image: PIXEL },
          { kind: 'item', name: 'Bad', image: 'javascript:alert(1)' },
        ],
      }),
    });
    expect([...card.renderRoot.querySelectorAll('img')].map((image) => image.src)).to.deep.equal([PIXEL]);
    await openDetails(card);
    await settled(card);
    expect(card.shadowRoot?.innerHTML).not.to.contain('javascript');
  });

  it('does not move what stands around it, at any moment', async () => {
    const parent = await room();
    const answer = deferred<void>();
    const card = await show(
      'achievement-card',
      { achievement: achievement('first', { media: { icon: { url: '/pictures/sun.svg?moving' } } }) },
      parent,
    );
    const below = parent.appendChild(document.createElement('p'));
    const places = new Set([below.getBoundingClientRect().top]);
    imageOf(card)!.addEventListener('load', () => answer.resolve(), { once: true });
    await answer.promise;
    places.add(below.getBoundingClientRect().top);
    card.achievement = achievement('first');
    await card.updateComplete;
    places.add(below.getBoundingClientRect().top);
    expect(places.size).to.equal(1);
  });
});
