// Loads what `?load=` names, one after the other: `ours`, `ours-again`, or `lit`, the host's own copy of Lit.

import { everyState } from '../../../../demo/pages/every-state.js';

const { record } = window;
const files: Readonly<Record<string, string>> = {
  ours: '/dist/cdn/achievement-elements.js',
  'ours-again': '/dist/cdn/achievement-elements.js?again',
  lit: '/node_modules/lit/index.js',
};

async function run() {
  const failed: string[] = [];
  let hostText: string | null = null;
  for (const name of new URLSearchParams(location.search).get('load')!.split(' ')) {
    try {
      const loaded: unknown = await import(new URL(files[name]!, location.href).href);
      if (name !== 'lit') continue;
      const { html, render } = loaded as typeof import('lit');
      const box = document.body.appendChild(document.createElement('div'));
      render(html`<p>The host’s own ${'template'}</p>`, box);
      hostText = box.textContent;
    } catch (error) {
      failed.push(`${name}: ${String(error)}`);
    }
  }

  const [example] = everyState(Date.now());
  const list = Object.assign(document.createElement('achievement-list'), { achievements: [example!.achievement] });
  document.body.append(list);
  // Nobody waits for the element: what it rejects and does not handle is told to the page some tasks later.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
  const name = list.shadowRoot?.querySelector('achievement-card')?.shadowRoot?.querySelector('[part~="name"]');
  record.done = { failed, hostText, name: name?.textContent?.trim() ?? null };
}

run().catch((error: unknown) => record.errors.push(`the page itself: ${String(error)}`));
