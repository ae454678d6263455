import { expect } from '@open-wc/testing';
import { everyState } from '../../../demo/pages/every-state.js';
import '../../../src/define/achievement-list.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import { type Fresh, ProblemError } from '../../../src/model/index.js';
import { violations } from '../../support/elements/axe.js';
import {
  NOW,
  achievements,
  cardsOf,
  deferred,
  part,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  world,
} from '../../support/elements/fixtures.js';
import { DIRECTIONS, LAYOUTS, openAllDetails, openArranging, wholeList } from '../../support/elements/whole-list.js';

const THEMES = ['light', 'dark'] as const;
const SURFACES = { light: '#f5f6f9', dark: '#0d1017' } as const;

/** A box that looks like a page of that scheme. */
async function page(theme: (typeof THEMES)[number]): Promise<HTMLElement> {
  const parent = await room();
  parent.style.setProperty('color-scheme', theme);
  parent.style.setProperty('background-color', SURFACES[theme]);
  parent.style.setProperty('padding', '10px');
  return parent;
}

before(function () {
  speakEnglish();
  this.timeout(30_000);
});

describe('a list has nothing that axe calls wrong', function () {
  this.timeout(55_000);

  for (const theme of THEMES) {
    for (const layout of LAYOUTS) {
      for (const direction of DIRECTIONS) {
        it(`every state, with everything there is open: ${layout}, ${theme}, ${direction}`, async () => {
          const parent = await page(theme);
          parent.dir = direction;
          const list = await wholeList(parent, { layout });
          await openArranging(list);
          await openAllDetails(list);
          expect(await violations(list)).to.deep.equal([]);
        });
      }
    }

    it(`revealed secrets, and nothing open: ${theme}`, async () => {
      const list = await wholeList(await page(theme), { reveal: 'always' });
      expect(await violations(list)).to.deep.equal([]);
    });

    it(`a theme of its own on a page of the other one: ${theme}`, async () => {
      const list = await show(
        'achievement-list',
        {
          achievements: everyState(NOW).map(({ achievement }) => achievement),
          theme,
          environment: world().environment,
        },
        await page(theme === 'light' ? 'dark' : 'light'),
      );
      expect(await violations(part(list, 'list')!)).to.deep.equal([]);
    });

    const others: Readonly<Record<string, () => Promise<Partial<AchievementList>>>> = {
      empty: async () => ({ backend: scripted([]), summary: true }),
      problem: async () => ({ backend: scripted(new ProblemError({ code: 'server', message: 'A problem' })) }),
      offline: async () => ({ backend: scripted(new ProblemError({ code: 'offline', message: 'Offline' })) }),
      'partly readable': async () => ({
        backend: scripted({
          achievements: achievements(2),
          problem: { code: 'bad-shape', message: 'Some', skipped: [{ index: 2, reason: 'name' }] },
        }),
        summary: true,
      }),
    };
    for (const [name, properties] of Object.entries(others)) {
      it(`${name}, ${theme}`, async () => {
        const list = await show(
          'achievement-list',
          { environment: world().environment, ...(await properties()) },
          await page(theme),
        );
        await until(() => list.store?.snapshot.activity !== 'syncing');
        await settled(list);
        expect(await violations(list)).to.deep.equal([]);
      });
    }

    it(`loading, ${theme}`, async () => {
      const { clock, environment } = world();
      const answer = deferred<Fresh>();
      const list = await show(
        'achievement-list',
        { backend: scripted(answer.promise), environment },
        await page(theme),
      );
      await clock.advance(1000);
      await settled(list);
      expect(list.renderRoot.querySelector('.skeletons')).not.to.equal(null);
      expect(await violations(list)).to.deep.equal([]);
    });

    it(`a stale list with its notice, ${theme}`, async () => {
      const backend = scripted(achievements(2));
      const list = await show(
        'achievement-list',
        { backend, environment: world().environment, summary: true },
        await page(theme),
      );
      await until(() => cardsOf(list).length === 2);
      backend.answer = new ProblemError({ code: 'server', message: 'A problem' });
      await list.store!.refresh();
      await settled(list);
      expect(await violations(list)).to.deep.equal([]);
    });
  }
});

describe('axe', function () {
  this.timeout(55_000);

  it('sees into shadow roots, and flags a bad card', async () => {
    const host = (await page('light')).appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = `
      <article style="background: #fff; color: #ccc">
        Too pale to read
        <img src="/pictures/sun.svg" />
        <button></button>
        <div role="progressbar" aria-valuenow="5"></div>
      </article>`;
    const ids = (await violations(host)).map((line) => line.split(':')[0]);
    expect(ids).to.include.members(['color-contrast', 'image-alt', 'button-name', 'aria-progressbar-name']);
  });

  it('flags our own card where a page makes its text too pale', async () => {
    const parent = await page('light');
    parent.style.setProperty('--achievement-text', '#ddd');
    const list = await show('achievement-list', { achievements: achievements(1) }, parent);
    expect((await violations(list)).map((line) => line.split(':')[0])).to.include('color-contrast');
  });

  it('flags our own toolbar where its field and its buttons lose their names', async () => {
    const list = await wholeList(await page('light'));
    const toolbar = part(list, 'toolbar')!;
    toolbar.querySelector('.search .spoken')?.remove();
    toolbar.querySelector('input')?.removeAttribute('placeholder');
    for (const button of toolbar.querySelectorAll('button[title]')) {
      button.removeAttribute('title');
      button.removeAttribute('aria-label');
    }
    const ids = (await violations(toolbar)).map((line) => line.split(':')[0]);
    expect(ids).to.include.members(['label', 'button-name']);
  });
});
