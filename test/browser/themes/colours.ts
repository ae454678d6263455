/** Red, green and blue from 0 to 1, and how opaque they are. */
type Colour = readonly [red: number, green: number, blue: number, alpha: number];

/** Reads a computed colour: `rgb(1, 2, 3)`, `rgba(1, 2, 3, 0.5)` or `color(srgb 0.1 0.2 0.3 / 0.5)`. */
export function parseColour(computed: string): Colour {
  const [kind = '', ...rest] = computed.split(/[(\s,/)]+/);
  const numbers = rest.filter((word) => /^[-\d.]/.test(word)).map(Number);
  const scale = kind === 'color' && rest[0] === 'srgb' ? 1 : /^rgba?$/.test(kind) ? 255 : NaN;
  const [red = NaN, green = NaN, blue = NaN, alpha = 1] = numbers;
  if (![red, green, blue, alpha, scale].every(Number.isFinite)) throw new Error(`No colour is known as ${computed}`);
  return [red / scale, green / scale, blue / scale, alpha];
}

/** Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance. */
function luminance([red, green, blue]: Colour): number {
  const [r, g, b] = [red, green, blue].map((each) => {
    const value = Math.min(1, Math.max(0, each));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two opaque colours, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
export function contrast(one: string, other: string): number {
  const colours = [one, other].map(parseColour);
  if (colours.some(([, , , alpha]) => alpha < 1)) throw new Error(`${one} and ${other} are not both opaque`);
  const [dark = 0, light = 0] = colours.map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
