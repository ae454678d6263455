import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTES, FRAMEWORKS, READY_THEMES, START, type State } from '../../../../demo/pages/playground/fields.js';
import { markupOf } from '../../../../demo/pages/playground/markup.js';
import { snippetFor } from '../../../../demo/pages/playground/snippets.js';

/** A list as it is without a single option. */
const BARE: State = { ...START, controls: 'off', summary: 'off', sections: '', service: 'file' };

const filesOf = (framework: (typeof FRAMEWORKS)[number], changes: State, format?: string) =>
  snippetFor(framework, markupOf({ ...BARE, ...changes }, format)).files;
const textOf = (framework: (typeof FRAMEWORKS)[number], changes: State, format?: string) =>
  filesOf(framework, changes, format)[0]?.text ?? '';

/** What TypeScript's parser has to say about the syntax. */
function syntaxErrors(text: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.Preserve, module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    fileName: 'Achievements.jsx',
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('a snippet', () => {
  it.each([
    [
      'html',
      '<script type="module" src="/achievement-elements.js"></script>\n' +
        '<achievement-list src="/achievements.json" player="ada"></achievement-list>\n',
    ],
    [
      'react',
      `import 'achievement-elements';

export function Achievements() {
  return (
    <achievement-list src="/achievements.json" player="ada" />
  );
}
`,
    ],
    [
      'vue',
      `<script setup>
import 'achievement-elements';
</script>

<template>
  <achievement-list src="/achievements.json" player="ada" />
</template>
`,
    ],
    [
      'svelte',
      `<script>
  import 'achievement-elements';
</script>

<achievement-list src="/achievements.json" player="ada"></achievement-list>
`,
    ],
  ] as const)('for %s of a list without options leaves every default out', (framework, text) => {
    expect(textOf(framework, {})).toBe(text);
  });

  it.each([
    ['layout', 'grid', 'layout="grid"', 'layout="grid"', 'layout="grid"', 'layout="grid"'],
    ['summary', 'on', ' summary>', ' summary />', ' summary />', ' summary>'],
    ['refresh', '60', 'refresh="60"', 'refresh={60}', ':refresh="60"', 'refresh={60}'],
    ['limit', '5', 'limit="5"', 'limit={5}', ':limit="5"', 'limit={5}'],
    ['group-by', 'state', 'group-by="state"', 'group-by="state"', 'group-by="state"', 'group-by="state"'],
    ['hide', 'icon time', 'hide="icon time"', 'hide="icon time"', 'hide="icon time"', 'hide="icon time"'],
    ['sections', 'all', 'sections="all"', 'sections="all"', 'sections="all"', 'sections="all"'],
    ['dir', 'rtl', 'dir="rtl"', 'dir="rtl"', 'dir="rtl"', 'dir="rtl"'],
    ['locale', 'de', 'locale="de"', 'locale="de"', 'locale="de"', 'locale="de"'],
    [
      'query',
      'say "hi" & <b>',
      'query="say &quot;hi&quot; &amp; <b>"',
      'query={"say \\"hi\\" & <b>"}',
      'query="say &quot;hi&quot; &amp; <b>"',
      'query={"say \\"hi\\" & <b>"}',
    ],
    ['query', '{star}', 'query="{star}"', 'query={"{star}"}', 'query="{star}"', 'query={"{star}"}'],
    [
      'ready-theme',
      'paper',
      'data-achievement-theme="paper"',
      'data-achievement-theme="paper"',
      'data-achievement-theme="paper"',
      'data-achievement-theme="paper"',
    ],
  ])('writes %s=%s as each framework reads it', (name, value, ...written) => {
    FRAMEWORKS.forEach((framework, index) => {
      expect(textOf(framework, { [name]: value })).toContain(written[index]);
    });
  });

  it.each([
    ['html', ['<script type="module" src="/locales/de.js">', '<link rel="stylesheet" href="/themes/paper.css" />']],
    ['react', [`import 'achievement-elements/locales/de.js';`, `import 'achievement-elements/themes/paper.css';`]],
    ['vue', [`import 'achievement-elements/locales/de.js';`, `import 'achievement-elements/themes/paper.css';`]],
    ['svelte', [`import 'achievement-elements/locales/de.js';`, `import 'achievement-elements/themes/paper.css';`]],
  ] as const)('for %s loads the words and the theme that it uses, and no others', (framework, lines) => {
    const text = textOf(framework, { locale: 'de', 'ready-theme': 'paper' });
    for (const line of lines) expect(text).toContain(line);
    expect(textOf(framework, {})).not.toMatch(/locales|themes/);
  });

  it.each(FRAMEWORKS)('for %s carries the custom properties that were set', (framework) => {
    const all = filesOf(framework, { 'theme-accent': '#ff0000' });
    expect(all.map(({ text }) => text).join('')).toContain('--achievement-accent: #ff0000;');
    if (all.some(({ name }) => name === 'achievements.css')) expect(all[0]?.text).toContain(`'./achievements.css'`);
  });

  it.each(FRAMEWORKS)('for %s hands over a token, and holds none', (framework) => {
    const text = textOf(framework, { token: 'on', service: 'starfall' });
    expect(text).toContain('getSessionToken');
    expect(text).toContain('/secure/xbox/');
    expect(text).not.toMatch(/demo-token|Bearer/);
  });

  it.each(FRAMEWORKS)('for %s shows several services as one', (framework) => {
    const text = textOf(framework, { service: 'together' });
    expect(text).toContain(`import { combine, xbox, talonOne, json } from 'achievement-elements';`);
    expect(text).toMatch(/xbox\(\{ src: '\/xbox\/[^']+' \}\),/);
    expect(text).not.toContain(' backend="');
  });

  it.each([
    ['xbox', 'backend="xbox"'],
    ['talon-one', 'backend="talon-one"'],
    ['json', 'src="/your-achievements.json"'],
  ])('of a pasted %s answer names the backend that read it, and nothing of the text', (format, written) => {
    expect(textOf('html', { service: 'paste' }, format)).toContain(written);
    expect(textOf('html', { service: 'paste' }, format)).not.toContain('player=');
  });

  it('for Vue says that these tags are no components', () => {
    const config = filesOf('vue', {}).find(({ name }) => name === 'vite.config.js');
    expect(config?.text).toContain(`isCustomElement: (tag) => tag.startsWith('achievement-')`);
    expect(syntaxErrors(config?.text ?? '')).toEqual([]);
  });

  const EVERYTHING: State = {
    ...Object.fromEntries(
      ATTRIBUTES.map(({ name, kind, values = [] }) => [
        name,
        kind === 'choice' ? (values.at(-1) ?? '') : kind === 'flag' ? 'on' : kind === 'number' ? '7' : 'name "}{',
      ]),
    ),
    'ready-theme': READY_THEMES[1],
    'theme-font': `'A', "B"`,
    token: 'on',
  };

  it.each(['starfall', 'together'])('is code that can be read, with everything set: %s', (service) => {
    const changes = { ...EVERYTHING, service };
    for (const framework of FRAMEWORKS) {
      const text = textOf(framework, changes);
      const scripts = [...text.matchAll(/<script(?: setup| type="module")?>\n([\s\S]*?)<\/script>/g)];
      for (const [, script = ''] of scripts) expect(syntaxErrors(script)).toEqual([]);
      if (framework === 'react') expect(syntaxErrors(text)).toEqual([]);
      for (const { name } of ATTRIBUTES) expect(text).toContain(name);
    }
  });

  it('that is broken would be seen by the check above', () => {
    expect(syntaxErrors('export const A = () => <achievement-list query="a"b" />;')).not.toEqual([]);
  });
});
