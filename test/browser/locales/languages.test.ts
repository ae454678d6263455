import { expect } from '@open-wc/testing';
import { everyState } from '../../../demo/pages/every-state.js';
import '../../../src/define/achievement-gamepad.js';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-tracker.js';
import type { AchievementList } from '../../../src/elements/achievement-list.js';
import { en } from '../../../src/locales/en.js';
import type { Terms } from '../../../src/locales/terms.js';
import { type Achievement, type Fresh, ProblemError, type ProblemCode } from '../../../src/model/index.js';
import { violations } from '../../support/elements/axe.js';
import { problemCodes } from '../../support/problem-codes.js';
import {
  DAY,
  type FakeStore,
  NOW,
  achievement,
  achievements,
  cardsOf,
  click,
  deferred,
  fakeStore,
  part,
  progress,
  room,
  scripted,
  settled,
  show,
  speakEnglish,
  until,
  words,
  world,
} from '../../support/elements/fixtures.js';

/** Each is loaded by the test that is about it: before that, nothing of it is on the page. */
const languages: Readonly<Record<string, () => Promise<Terms>>> = {
  de: () => import('../../../src/locales/de.js').then(({ de }) => de),
  fr: () => import('../../../src/locales/fr.js').then(({ fr }) => fr),
  es: () => import('../../../src/locales/es.js').then(({ es }) => es),
  it: () => import('../../../src/locales/it.js').then((module) => module.it),
  'pt-BR': () => import('../../../src/locales/pt-BR.js').then(({ ptBR }) => ptBR),
  nl: () => import('../../../src/locales/nl.js').then(({ nl }) => nl),
  pl: () => import('../../../src/locales/pl.js').then(({ pl }) => pl),
  ja: () => import('../../../src/locales/ja.js').then(({ ja }) => ja),
  ko: () => import('../../../src/locales/ko.js').then(({ ko }) => ko),
  'zh-CN': () => import('../../../src/locales/zh-CN.js').then(({ zhCN }) => zhCN),
  ar: () => import('../../../src/locales/ar.js').then(({ ar }) => ar),
};

const problem = (code: ProblemCode) => new ProblemError({ code, message: 'For developers' });

const some = achievements(2);
/** What the services tell is shown as it is, in whatever language. */
const states: readonly Achievement[] = [
  ...everyState(NOW).map(({ achievement }) => achievement),
  // The marks that no example has.
  {
    ...everyState(NOW)[0]!.achievement,
    key: 'json:marks',
    type: 'persistent',
    participation: 'individual',
    recurrence: 'on-completion',
    activation: 'fixed-schedule',
    rewards: [{ kind: 'points', value: 5 }, { kind: 'other' }],
    requirements: [
      { id: '', current: 1, target: 3, unit: 'count' },
      { id: '', unit: 'count' },
    ],
    serviceConfigId: '00000000-0000-0000-0000-000067dc2a5b',
    productId: '99999999-0000-0000-0000-000000000000',
  },
];

/** One achievement for each section, and one for what stands below them. */
const oneForEachSection = [
  achievement('pinned'),
  achievement('new'),
  achievement('near', progress(9, 10)),
  achievement('ends', { window: { endsAt: NOW + DAY } }),
  achievement('recent', { state: 'unlocked', unlockedAt: NOW - DAY }),
  achievement('other'),
];

function storeWithSections(): FakeStore {
  const keys = new Set(oneForEachSection.map(({ key }) => key).filter((key) => !key.endsWith('new')));
  return fakeStore(oneForEachSection, {
    pinned: new Set([oneForEachSection[0]!.key]),
    lastVisit: { at: NOW - DAY, known: keys, unlocked: keys },
  });
}

/** Shows everything that a list can say: each state with its details, secrets, totals, freshness and problems. */
async function showEverything(parent: Element): Promise<void> {
  const list = (properties: Partial<AchievementList>) =>
    show('achievement-list', { environment: world().environment, ...properties }, parent);

  const open = await list({ achievements: states, reveal: 'always', summary: true });
  for (const card of cardsOf(open)) click(part(card, 'details-toggle'));
  await settled(open);

  const secret = await list({ achievements: states.filter((achievement) => achievement.secret) });
  click(part(cardsOf(secret)[0]!, 'reveal'));
  await settled(secret);

  const withControls = await list({ achievements: states, controls: true, sections: 'all', sort: '-points -name' });
  click(withControls.renderRoot.querySelector('.bar > .button'));
  await settled(withControls);
  click(withControls.renderRoot.querySelectorAll('.direction')[1]);
  await list({ achievements: states, controls: true, sort: 'ends' });
  await list({ store: storeWithSections(), controls: true, sections: 'all' });
  await list({ achievements: states, query: 'nowhere' });
  for (const groupBy of ['state', 'type'] as const) await list({ achievements: states, groupBy });
  await list({ backend: scripted([]), summary: true });
  await list({ backend: scripted(some), summary: true });
  await list({
    backend: scripted({
      achievements: some,
      problem: { code: 'bad-shape', message: 'Some', skipped: [{ index: 2, reason: 'name' }] },
    }),
  });
  for (const code of problemCodes) await list({ backend: scripted(problem(code)) });

  for (const next of [problem('offline'), problem('server'), deferred<Fresh>().promise]) {
    const backend = scripted(some);
    const stale = await list({ backend });
    await until(() => cardsOf(stale).length === some.length);
    backend.answer = next;
    void stale.store!.refresh();
    await until(() => stale.store!.snapshot.problem ?? stale.store!.snapshot.activity === 'syncing');
  }

  const pinned = states.map(({ id }) => id);
  await show('achievement-tracker', { achievements: states, pinned, controls: true, limit: 99 }, parent);
  for (const region of ['achievement-list', 'achievement-toasts']) {
    const legend = await show('achievement-gamepad', { legend: 'always' }, parent);
    Object.assign(legend, { place: { region, hasOthers: true, isOurs: true } });
    await settled(legend);
  }

  const { clock, environment } = world();
  const loading = await list({ backend: scripted(deferred<Fresh>().promise), environment });
  await clock.advance(1000);
  await until(() => loading.renderRoot.querySelector('.skeletons'));

  const lists = [...parent.querySelectorAll('achievement-list')];
  await until(() => lists.filter((each) => each.store?.snapshot.activity === 'syncing').length === 2);
  await Promise.all(lists.map(settled));
}

/** Everything that is read from the page, or aloud: texts and labels. */
function saidIn(root: Node, said: string[] = []): string[] {
  if (root instanceof Text) said.push(root.data);
  if (root instanceof Element) {
    if (root.localName === 'style') return said;
    for (const name of ['aria-label', 'aria-valuetext', 'aria-description', 'title', 'alt', 'placeholder']) {
      said.push(root.getAttribute(name) ?? '');
    }
    if (root.shadowRoot) saidIn(root.shadowRoot, said);
  }
  for (const child of root.childNodes) saidIn(child, said);
  return said;
}

/** The same as trimmed texts. */
const textsIn = (root: Node) => new Set(saidIn(root).map((text) => text.replace(/\s+/g, ' ').trim()));

/** What a service tells of achievements, the longest first. */
const given = [...states, ...some, ...oneForEachSection]
  .flatMap((each) => [
    each.name,
    each.description,
    each.lockedDescription,
    each.category,
    each.id,
    each.apiName,
    each.serviceConfigId,
    each.productId,
    each.rarity?.category,
    ...each.platforms,
    ...each.campaigns,
    ...each.titles.map(({ name }) => name),
    ...each.requirements.map(({ id }) => id),
    ...each.rewards.flatMap(({ name, description }) => [name, description]),
  ])
  .filter((text): text is string => Boolean(text))
  .sort((a, b) => b.length - a.length);

/** The texts in which more is written in Latin letters than what the service told; the unit "G" is one letter. */
function latinLeftovers(root: Node, allowed: readonly string[] = []): string[] {
  return [...textsIn(root)].filter((text) => {
    const own = [...given, ...allowed].reduce((rest, data) => rest.replaceAll(data, ' '), text);
    return /[a-z]{2}/i.test(own);
  });
}

const notLatin: Readonly<Record<string, readonly string[]>> = {
  ja: ['API', 'ID'],
  ko: ['API', 'ID'],
  'zh-CN': ['API', 'ID'],
  ar: [],
};

beforeEach(speakEnglish);
after(speakEnglish);

describe('a list in another language', function () {
  this.timeout(55_000);

  /** The terms that are texts by themselves, and that are said in English. */
  let spoken: (keyof Terms)[] = [];

  before(async () => {
    const parent = await room({ lang: 'en' });
    await showEverything(parent);
    const texts = textsIn(parent);
    spoken = (Object.keys(en) as (keyof Terms)[]).filter((name) => {
      const term = en[name];
      return typeof term === 'string' && texts.has(term);
    });
    const problems = problemCodes.filter((code) => !texts.has(en.problem(code)));
    expect(problems).to.deep.equal([]);
  });

  it('is compared with nearly every word that there is', () => {
    const unsaid = Object.entries(en)
      .filter(([name, term]) => typeof term === 'string' && !spoken.includes(name as keyof Terms))
      .map(([name]) => name);
    // They are said within another text, or by toasts, which no list has.
    expect(unsaid).to.deep.equal(['resetDone', 'toasts', 'toastUnlocked', 'toastChallenge', 'justNow']);
  });

  for (const [language, load] of Object.entries(languages)) {
    it(`is English until its words are there, and then all of it is in them: ${language}`, async () => {
      const parent = await room({ lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' });
      await showEverything(parent);
      expect(textsIn(parent)).to.include(en.empty);

      const terms = await load();
      await Promise.all([...parent.querySelectorAll('achievement-list')].map(settled));
      const texts = textsIn(parent);
      expect(spoken.filter((name) => !texts.has(terms[name] as string))).to.deep.equal([]);
      const left = spoken.filter((name) => texts.has(en[name] as string) && terms[name] !== en[name]);
      expect(left).to.deep.equal([]);
      for (const code of problemCodes) expect(texts).to.include(terms.problem(code));
      const allowed = notLatin[language];
      if (allowed) expect(latinLeftovers(parent, allowed)).to.deep.equal([]);
    });
  }

  it('would be caught with a word in English (control)', async () => {
    const { ar } = await import('../../../src/locales/ar.js');
    const { registerLocale } = await import('../../../src/locales/registry.js');
    registerLocale('ar-EG', { ...ar, details: en.details, ends: en.ends });
    const parent = await room({ lang: 'ar-EG', dir: 'rtl' });
    await showEverything(parent);
    const leftovers = latinLeftovers(parent);
    expect(leftovers).to.include('Details');
    expect(leftovers.some((text) => text.startsWith('Ends '))).to.equal(true);
  });
});

describe('several languages', () => {
  const loaded = () => Promise.all(Object.values(languages).map((load) => load()));

  it('stand on one page, each list in that of the nearest lang', async () => {
    await loaded();
    const german = await show('achievement-list', { achievements: [] }, await room({ lang: 'de-AT' }));
    const japanese = await show('achievement-list', { achievements: [] }, await room({ lang: 'ja' }));
    const english = await show('achievement-list', { achievements: [] }, await room({ lang: 'en-GB' }));
    expect([german, japanese, english].map((list) => words(part(list, 'empty')))).to.deep.equal([
      'Noch keine Erfolge.',
      '実績はまだありません。',
      'No achievements yet.',
    ]);
  });

  it('follow each other as the document changes its lang', async () => {
    await loaded();
    const list = await show('achievement-list', { achievements: [] });
    for (const [language, empty] of [
      ['zh-Hans', '还没有成就。'],
      ['pt', 'Nenhuma conquista ainda.'],
      ['zh-TW', 'No achievements yet.'],
    ] as const) {
      document.documentElement.lang = language;
      await until(() => words(part(list, 'empty')) === empty, language);
    }
  });
});

describe('axe finds nothing wrong with', function () {
  this.timeout(55_000);

  for (const language of ['de', 'ja', 'ar']) {
    it(`everything in ${language}`, async () => {
      await languages[language]!();
      document.documentElement.lang = language;
      const parent = await room({ lang: language, dir: language === 'ar' ? 'rtl' : 'ltr' });
      await showEverything(parent);
      expect(await violations(parent)).to.deep.equal([]);
    });
  }
});
