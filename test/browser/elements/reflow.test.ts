import { expect } from '@open-wc/testing';
import { controlsIn, cutTexts, elementsIn, nameOf, overlaps, sticksOut } from '../../support/elements/boxes.js';
import { part, parts, room, settled, show, speakEnglish } from '../../support/elements/fixtures.js';
import { DIRECTIONS, LAYOUTS, openAllDetails, openArranging, wholeList } from '../../support/elements/whole-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import '../../../src/define/achievement-card.js';

const DENSITIES = ['comfortable', 'compact', 'spacious'] as const;

/** A box of a width in CSS pixels. */
async function box(width: number): Promise<HTMLElement> {
  const element = await room();
  element.style.setProperty('inline-size', `${width}px`);
  return element;
}

async function openList(parent: HTMLElement, properties: Partial<AchievementList>): Promise<AchievementList> {
  const list = await wholeList(parent, properties);
  await openArranging(list);
  await openAllDetails(list);
  return list;
}

/** Everything that does not fit. */
const faults = (element: Element) => ({
  sticksOut: sticksOut(element),
  cut: cutTexts(element),
  overlaps: overlaps(element),
});

const NONE = { sticksOut: [], cut: [], overlaps: [] };

before(function () {
  this.timeout(30_000);
  speakEnglish();
});

describe('a box of 320 pixels', function () {
  this.timeout(55_000);

  for (const layout of LAYOUTS) {
    for (const density of DENSITIES) {
      it(`has room for every state, in both directions: ${layout}, ${density}`, async () => {
        for (const direction of DIRECTIONS) {
          const parent = await box(320);
          parent.dir = direction;
          expect(faults(await openList(parent, { layout, density })), direction).to.deep.equal(NONE);
        }
      });
    }

    it(`has room for a card on its own: ${layout}`, async () => {
      const card = await show(
        'achievement-card',
        { layout, name: 'Cartographer', description: 'Chart ten sectors.', current: 3, target: 10, points: 25 },
        await box(320),
      );
      expect(faults(card)).to.deep.equal(NONE);
    });
  }

  it('control: a line that does not wrap sticks out, and a box that is too low cuts', async () => {
    const list = await wholeList(await box(320));
    const toolbar = part(list, 'toolbar')!;
    const segments = toolbar.querySelector<HTMLElement>('.segments')!;
    segments.style.setProperty('flex-wrap', 'nowrap');
    segments.style.setProperty('white-space', 'nowrap');
    const button = toolbar.querySelector<HTMLElement>('.bar > .button')!;
    button.style.setProperty('block-size', '4px');
    button.style.setProperty('min-block-size', '0');
    part(list, 'list')!.style.setProperty('margin-block-start', '-60px');
    const found = faults(list);
    expect(found.sticksOut).to.include('span.count');
    expect(found.cut).to.include('button.button is larger than what it is in');
    expect(found.overlaps).to.not.deep.equal([]);
  });
});

/** The size of the letters of each kind of text. */
function sizes(list: AchievementList): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const element of elementsIn(list.renderRoot)) {
    const hasText = [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim());
    if (!hasText && !element.matches('input, select')) continue;
    if (element.matches('.placeholder, .spoken')) continue;
    found.set(nameOf(element), parseFloat(getComputedStyle(element).fontSize));
  }
  return found;
}

describe('letters of twice the size', function () {
  this.timeout(55_000);

  const WAYS: Readonly<Record<string, (list: AchievementList) => HTMLElement>> = {
    'a browser’s setting': () => document.documentElement,
    'a page’s body': () => document.body,
    'the element itself': (list) => list,
  };

  afterEach(() => {
    for (const element of [document.documentElement, document.body]) element.style.removeProperty('font-size');
  });

  for (const [way, elementOf] of Object.entries(WAYS)) {
    for (const layout of LAYOUTS) {
      it(`are all of twice the size, and nothing is cut or covered: ${way}, ${layout}`, async () => {
        for (const width of [320, 760]) {
          const list = await openList(await box(width), { layout });
          const before = sizes(list);
          elementOf(list).style.setProperty('font-size', '200%');
          const after = sizes(list);
          // Where there is no room for a button's words its glyph stands alone: letters of no size.
          const small = [...before].filter(([name, size]) => after.get(name) !== 0 && after.get(name)! < 1.99 * size);
          expect(small, `${width}`).to.deep.equal([]);
          expect(faults(list), `${width}`).to.deep.equal(NONE);
          document.documentElement.style.removeProperty('font-size');
          document.body.style.removeProperty('font-size');
        }
      });
    }
  }

  it('control: a size in pixels stays as it is', async () => {
    const list = await wholeList(await box(320));
    part(list, 'toolbar')!.style.setProperty('font-size', '15px');
    const before = sizes(list);
    list.style.setProperty('font-size', '200%');
    const after = sizes(list);
    expect(after.get('button.segment')).to.equal(before.get('button.segment'));
  });

  it('are of the usual size where the page’s are', async () => {
    const list = await wholeList(await box(760));
    expect(getComputedStyle(list).fontSize).to.equal('15px');
    const card = list.renderRoot.querySelector('achievement-card')!;
    expect(getComputedStyle(card).fontSize).to.equal('15px');
    expect(parseFloat(getComputedStyle(part(card, 'name')!).fontSize)).to.be.closeTo(16, 0.05);
    expect(parseFloat(getComputedStyle(part(card, 'reward')!).fontSize)).to.be.closeTo(13, 0.05);
  });
});

describe('two lists on one page', () => {
  it('look according to the room that each has', async () => {
    const [narrow, wide] = await Promise.all([320, 760].map(async (width) => wholeList(await box(width))));
    const columns = (list: AchievementList) =>
      getComputedStyle(part(list.renderRoot.querySelector('achievement-card')!, 'card')!).gridTemplateColumns.split(' ')
        .length;
    expect([columns(narrow!), columns(wide!)]).to.deep.equal([2, 3]);
    narrow!.layout = wide!.layout = 'grid';
    await Promise.all([settled(narrow!), settled(wide!)]);
    const tracks = (list: AchievementList) =>
      getComputedStyle(parts(list, 'list').at(-1)!).gridTemplateColumns.split(' ').length;
    expect([tracks(narrow!), tracks(wide!)]).to.deep.equal([2, 3]);
  });

  it('have one column of tiles where two would be too narrow for a word', async () => {
    const list = await wholeList(await box(200), { layout: 'grid' });
    expect(getComputedStyle(parts(list, 'list').at(-1)!).gridTemplateColumns.split(' ')).to.have.length(1);
  });
});

describe('everything that can be pressed', function () {
  this.timeout(55_000);

  /** WCAG 2.2, 2.5.8: 24 by 24 CSS pixels. */
  const tooSmall = (list: AchievementList) =>
    controlsIn(list)
      .filter((control) => {
        const { height, width } = control.getBoundingClientRect();
        return height < 24 || width < 24;
      })
      .map(nameOf);

  for (const layout of LAYOUTS) {
    it(`is large enough: ${layout}`, async () => {
      for (const density of DENSITIES) {
        for (const width of [320, 760]) {
          const list = await openList(await box(width), { layout, density });
          expect(controlsIn(list).length).to.be.greaterThan(40);
          expect(tooSmall(list), `${density}, ${width}`).to.deep.equal([]);
        }
      }
    });

    it(`shows that it has the focus: ${layout}`, async () => {
      const list = await openList(await box(760), { layout });
      const seen = new Set<string>();
      for (const control of [...controlsIn(list), ...cardBoxes(list)]) {
        const kind = control.className || control.localName;
        if (seen.has(kind)) continue;
        seen.add(kind);
        control.focus();
        expect(control.matches(':focus-visible'), kind).to.equal(true);
        const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(control);
        expect([outlineStyle, outlineWidth], kind).to.deep.equal(['solid', '2px']);
        // Its contrast with everything it stands on is checked where the themes are.
        expect(outlineColor, kind).to.equal(accentIn(control));
      }
      expect([...seen]).to.include.members(['card', 'segment', 'fold', 'toggle pin', 'toggle', 'button', 'select']);
    });
  }

  it('control: a button of 20 pixels is found', async () => {
    const list = await wholeList(await box(760));
    const fold = list.renderRoot.querySelector<HTMLElement>('.fold')!;
    fold.style.setProperty('min-block-size', '0');
    fold.style.setProperty('block-size', '20px');
    expect(tooSmall(list)).to.deep.equal(['button.fold']);
  });
});

const cardBoxes = (list: AchievementList) =>
  [...list.renderRoot.querySelectorAll('achievement-card')].map((card) => part(card, 'card')!);

/** What the accent is, as the engine works it out. */
function accentIn(element: HTMLElement): string {
  const probe = document.createElement('span');
  probe.style.setProperty('color', 'var(--_accent)');
  element.after(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
