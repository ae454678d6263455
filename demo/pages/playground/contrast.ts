/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** What WCAG 2.2 AA asks: 1.4.3 of text, 1.4.11 of everything else that has to be made out. */
export const LEAST = { text: 4.5, shape: 3 } as const;
export type Use = keyof typeof LEAST;

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white), in any order. https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrastRatio(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((left, right) => left - right) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Cut, not rounded: 4.499 is not 4.5. */
const cut = (ratio: number): string => (Math.floor(ratio * 100) / 100).toFixed(2).replace(/0$/, '');

/** The ratio and whether it is enough, in words. */
export function verdict(ratio: number, use: Use): { readonly passes: boolean; readonly words: string } {
  const passes = ratio >= LEAST[use];
  const needs = use === 'text' ? 'text needs 4.5' : 'bars and outlines need 3';
  return { passes, words: `${cut(ratio)} to 1: ${passes ? 'enough' : 'too little'}, ${needs}` };
}

/** `#rrggbb`, which is what a colour input takes. */
export function hexOf(colour: Colour): string {
  return `#${colour.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`;
}
