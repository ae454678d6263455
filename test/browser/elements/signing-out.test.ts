import { expect, nextFrame } from '@open-wc/testing';
import '../../../src/define/achievement-list.js';
import '../../../src/define/achievement-source.js';
import '../../../src/define/achievement-summary.js';
import '../../../src/define/achievement-toasts.js';
import '../../../src/define/achievement-tracker.js';
import { createStore } from '../../../src/store/create-store.js';
import type { Store } from '../../../src/store/store.js';
import {
  NOW,
  achievement,
  progress,
  room,
  scripted,
  settled,
  speakEnglish,
  until,
  world,
} from '../../support/elements/fixtures.js';

before(speakEnglish);

const CANARY = 'Canary of ada';

/** Everything that a document says, in shadow trees too: texts, attributes and what fields hold. */
function everything(root: ParentNode): string {
  return [...root.querySelectorAll('*')]
    .flatMap((element) => [
      ...[...element.attributes].map(({ value }) => value),
      ...[...element.childNodes]
        .filter(({ nodeType }) => nodeType === Node.TEXT_NODE)
        .map(({ nodeValue }) => nodeValue ?? ''),
      element instanceof HTMLInputElement ? element.value : '',
      element.shadowRoot ? everything(element.shadowRoot) : '',
    ])
    .join('\n');
}

/** All displays of one player, after an unlock, with an open card and a search; and a store of another service. */
async function stage() {
  const { environment, clock } = world();
  const backend = scripted([
    achievement('a', { name: CANARY, ...progress(5, 10) }),
    achievement('b', { name: `${CANARY} too`, ...progress(8, 10) }),
    achievement('c'),
  ]);
  const source = document.createElement('achievement-source');
  Object.assign(source, { backend, player: 'ada', environment, cache: 'memory' });
  const parts = (['list', 'summary', 'tracker', 'toasts'] as const).map((name) =>
    document.createElement(`achievement-${name}`),
  );
  const [list] = parts as [HTMLElementTagNameMap['achievement-list']];
  list.controls = true;
  source.append(...parts);
  const where = await room();
  where.append(source);
  await until(() => source.store?.snapshot.library);
  source.store!.apply([{ achievement: 'a', state: 'unlocked', unlockedAt: NOW }]);
  const render = async () => {
    await Promise.all(parts.map(settled));
    await nextFrame();
    await Promise.all(parts.map(settled));
  };
  await render();
  const other = createStore({ backend: { ...scripted([]), id: 'other' }, player: 'ada', environment, cache: 'memory' });
  return { source, clock, where, render, other };
}

describe('signing out', () => {
  const ways: [who: string, signOut: (own: Store, other: Store) => unknown][] = [
    ['its own store', (own) => own.signOut()],
    ['the store of another service', (_own, other) => other.signOut()],
  ];
  for (const [who, signOut] of ways) {
    it(`by ${who} leaves nothing of the player in any element, the live regions included`, async () => {
      const { source, where, render, other } = await stage();
      expect(everything(where).split(CANARY).length, 'control').to.be.greaterThan(4);
      const toasts = source.querySelector('achievement-toasts')!;
      expect(toasts.renderRoot.querySelector('[role="status"]')!.textContent, 'control').to.contain(CANARY);
      void signOut(source.store!, other);
      await render();
      expect(everything(where)).not.to.contain(CANARY);
    });
  }
});
