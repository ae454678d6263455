import { expect } from '@open-wc/testing';

/**
 * The modules behind an import, as text, with every specifier turned into a name for an import map: a frame of an opaque
 * origin may not load them from this server.
 */
async function modulesFrom(entry: string): Promise<Map<string, string>> {
  const modules = new Map<string, string>();
  const names = new Map<string, string>();
  async function add(url: string): Promise<string> {
    const present = names.get(url);
    if (present) return present;
    const name = `module-${names.size}`;
    names.set(url, name);
    let text = await (await fetch(url)).text();
    for (const [statement, specifier] of [...text.matchAll(/(?:from|import)\s*["']([^"']+)["']/g)].map(
      ([whole, found]) => [whole, found!] as const,
    )) {
      const found = await add(new URL(specifier, url).href);
      text = text.replace(statement, statement.replace(specifier, found));
    }
    modules.set(name, text);
    return name;
  }
  await add(entry);
  return modules;
}

const script = `
  import { createStore } from 'module-0';
  const errors = [];
  addEventListener('error', (event) => errors.push(String(event.message)));
  addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
  const hints = [];
  const achievement = {
    key: 'test:a', id: 'a', backend: 'test', name: 'a', description: '', state: 'locked', secret: false,
    revoked: false, requirements: [], rewards: [], media: {}, platforms: [], titles: [], campaigns: [],
  };
  const store = createStore({
    backend: { id: 'test', scope: '', pull: async () => ({ achievements: [achievement] }) },
    player: 'p1',
    environment: { hint: (message) => hints.push(message) },
  });
  store.subscribe(() => undefined);
  await store.refresh();
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { snapshot } = store;
  await store.signOut();
  const after = store.snapshot;
  store.dispose();
  parent.postMessage({ origin: self.origin, snapshot, after, errors, hints }, '*');
`;

describe('a store in a sandboxed frame, where every storage is refused', () => {
  it('shows the list, keeps it in memory and says so', async () => {
    const modules = await modulesFrom(new URL('../../../src/store/index.ts', import.meta.url).href);
    const imports = Object.fromEntries(
      [...modules].map(([name, text]) => [name, `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`]),
    );
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.srcdoc = `<!doctype html><script type="importmap">${JSON.stringify({ imports })}</script><script type="module">${script}</script>`;
    const told = new Promise<MessageEvent>((resolve) => {
      addEventListener('message', function listen(event) {
        if (event.source !== frame.contentWindow) return;
        removeEventListener('message', listen);
        resolve(event);
      });
    });
    document.body.append(frame);
    const { data } = await told;
    frame.remove();
    expect(data.origin).to.equal('null');
    expect(data.errors).to.deep.equal([]);
    expect(data.snapshot).to.deep.include({ activity: 'idle', storage: 'memory' });
    expect(data.snapshot.library.achievements).to.have.length(1);
    expect(data.snapshot.problem).to.equal(undefined);
    expect(data.after.library).to.equal(undefined);
    expect(data.after.problem).to.equal(undefined);
    expect(data.hints).to.have.length(1);
  });
});
