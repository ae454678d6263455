import { room } from '../../support/elements/fixtures.js';

/** The themes, with the pages they are made for. */
export const THEMES = {
  midnight: '#0b0a1c',
  paper: '#f4ecdc',
  console: '#050706',
  storefront: '#fff4f1',
} as const;

export type Theme = keyof typeof THEMES;

export const themes = Object.keys(THEMES) as Theme[];

/** Links the themes as a page does. */
export function linkThemes(): Promise<unknown> {
  return Promise.all(
    themes.map((theme) => {
      const link = Object.assign(document.createElement('link'), {
        rel: 'stylesheet',
        href: `/src/themes/${theme}.css`,
      });
      document.head.append(link);
      return new Promise((resolve, reject) => {
        link.onload = resolve;
        link.onerror = () => reject(new Error(`${link.href} could not be loaded`));
      });
    }),
  );
}

/** A box that looks like a page, with a theme on it. */
export async function page(background: string, theme?: string): Promise<HTMLElement> {
  const parent = await room();
  parent.style.setProperty('background-color', background);
  parent.style.setProperty('padding', '10px');
  if (theme) parent.dataset['achievementTheme'] = theme;
  return parent;
}
