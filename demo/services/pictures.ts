/** Colours of a tile, all of one hue: a soft background from one corner to the other and a deep figure. */
export interface ToneColours {
  readonly from: string;
  readonly to: string;
  readonly figure: string;
}

export const TONES = {
  violet: { from: '#efe6fd', to: '#dccbf9', figure: '#5b21b6' },
  indigo: { from: '#e8eafd', to: '#ccd3fb', figure: '#3730a3' },
  sky: { from: '#e1f2fd', to: '#bfe2fa', figure: '#075985' },
  teal: { from: '#dcf6f2', to: '#b4e8e0', figure: '#115e59' },
  green: { from: '#e2f6e4', to: '#bfe8c5', figure: '#166534' },
  lime: { from: '#f0f7d9', to: '#dbecb0', figure: '#4d6b0f' },
  gold: { from: '#fdf4d7', to: '#f8e3a3', figure: '#8a5a06' },
  coffee: { from: '#fbeee2', to: '#f3d8be', figure: '#8a4b1c' },
  ember: { from: '#fdeae3', to: '#f9cfc0', figure: '#9a3412' },
  rose: { from: '#fde7eb', to: '#f9c8d2', figure: '#9f1239' },
  plum: { from: '#fae8f8', to: '#f0c9ec', figure: '#86198f' },
  slate: { from: '#eef1f5', to: '#d5dce6', figure: '#334155' },
} as const satisfies Record<string, ToneColours>;

export type Tone = keyof typeof TONES;
export type PictureShape = 'square' | 'wide';

/** The pictures that the demo's achievements use, named as in the icon set, and their tone. */
export const PICTURES: Readonly<Record<string, Tone>> = {
  'air-balloon': 'sky',
  'alarm-clock': 'rose',
  'ballerina-shoes': 'rose',
  'balloon-dog': 'lime',
  'barn-owl': 'coffee',
  basket: 'coffee',
  'bear-head': 'coffee',
  'book-cover': 'coffee',
  bookshelf: 'green',
  bread: 'coffee',
  'bread-slice': 'coffee',
  'burning-meteor': 'ember',
  'camping-tent': 'indigo',
  'candle-flame': 'ember',
  'cargo-crate': 'sky',
  'checkered-flag': 'slate',
  cloak: 'violet',
  'coffee-beans': 'coffee',
  'coffee-cup': 'coffee',
  'coffee-mug': 'coffee',
  'coffee-pot': 'coffee',
  coins: 'gold',
  'comet-spark': 'ember',
  compass: 'sky',
  cookie: 'coffee',
  'cooking-pot': 'ember',
  'covered-jar': 'lime',
  croissant: 'coffee',
  crown: 'gold',
  'crystal-growth': 'plum',
  cupcake: 'rose',
  'deer-head': 'green',
  donut: 'plum',
  'dragon-head': 'ember',
  dragonfly: 'gold',
  'dutch-bike': 'teal',
  eclipse: 'violet',
  'falling-leaf': 'ember',
  'falling-star': 'ember',
  feather: 'teal',
  'flying-flag': 'rose',
  'folded-paper': 'plum',
  footprint: 'slate',
  'fragmented-meteor': 'slate',
  'fruit-bowl': 'rose',
  'ghost-ally': 'violet',
  'herbs-bundle': 'green',
  hiking: 'green',
  honeypot: 'gold',
  'hot-meal': 'ember',
  hound: 'slate',
  hourglass: 'gold',
  hummingbird: 'teal',
  island: 'teal',
  'lantern-flame': 'gold',
  'laurel-crown': 'gold',
  lighthouse: 'gold',
  'mason-jar': 'coffee',
  meal: 'lime',
  'monstera-leaf': 'green',
  moon: 'indigo',
  mountains: 'sky',
  mountaintop: 'teal',
  'musical-score': 'plum',
  newspaper: 'slate',
  'night-sky': 'indigo',
  'night-sleep': 'indigo',
  notebook: 'indigo',
  observatory: 'violet',
  'old-lantern': 'indigo',
  orbit: 'indigo',
  owl: 'indigo',
  'paper-boat': 'sky',
  'paper-crane': 'plum',
  'paper-frog': 'green',
  'paper-lantern': 'violet',
  'paper-plane': 'sky',
  'paper-windmill': 'green',
  papers: 'slate',
  'path-distance': 'teal',
  'planet-core': 'ember',
  present: 'rose',
  pretzel: 'coffee',
  pumpkin: 'ember',
  'radar-sweep': 'indigo',
  'radio-tower': 'sky',
  recycle: 'teal',
  'ringed-planet': 'teal',
  'rocket-flight': 'violet',
  'rocket-thruster': 'ember',
  'round-table': 'coffee',
  sailboat: 'sky',
  sandwich: 'coffee',
  'scroll-unfurled': 'slate',
  sextant: 'indigo',
  'shaking-hands': 'lime',
  'shiny-apple': 'lime',
  shop: 'plum',
  silence: 'indigo',
  'sliced-bread': 'coffee',
  'snowflake-2': 'sky',
  'soda-can': 'sky',
  'solar-system': 'indigo',
  spaceship: 'sky',
  sparkles: 'sky',
  'stairs-cake': 'rose',
  'star-formation': 'violet',
  stopwatch: 'gold',
  summits: 'slate',
  sun: 'gold',
  'sun-cloud': 'gold',
  sunbeams: 'gold',
  sundial: 'gold',
  sunrise: 'gold',
  sunset: 'ember',
  table: 'coffee',
  'tavern-sign': 'gold',
  teacher: 'slate',
  teapot: 'teal',
  'three-friends': 'lime',
  'three-keys': 'gold',
  trail: 'green',
  'treasure-map': 'teal',
  'trophies-shelf': 'gold',
  'trophy-cup': 'gold',
  umbrella: 'sky',
  uncertainty: 'violet',
  vortex: 'violet',
  'walking-boot': 'lime',
  'wax-seal': 'rose',
  whisk: 'plum',
  window: 'sky',
  world: 'teal',
  'wrapped-sweet': 'rose',
};

/** Must go with the pictures wherever they are shown. */
export const PICTURE_CREDITS =
  'Pictures: Game-icons.net (https://game-icons.net) by Lorc, Delapouite and contributors, CC BY 3.0 ' +
  '(https://creativecommons.org/licenses/by/3.0/); recoloured and set on a background.';

/** The URL of a picture; `base` ends with a slash. */
export function pictureUrl(
  name: string,
  { base = '/pictures/', shape = 'square' }: { base?: string; shape?: PictureShape } = {},
): string {
  return `${base}${name}${shape === 'wide' ? '.wide' : ''}.svg`;
}

/** The picture that a file name stands for; `undefined` where there is none. */
export function parsePictureName(file: string): { name: string; shape: PictureShape } | undefined {
  const [, name, wide] = /^([a-z0-9-]+)(\.wide)?\.svg$/.exec(file) ?? [];
  return name !== undefined && Object.hasOwn(PICTURES, name) ? { name, shape: wide ? 'wide' : 'square' } : undefined;
}

export function isTone(value: string | null): value is Tone {
  return value !== null && Object.hasOwn(TONES, value);
}

/**
 * A tile with the icon in its middle, as an SVG document.
 * @param body the icon's own markup, for a square of `size` units, painted in `currentColor`
 */
export function drawPicture(body: string, size: number, tone: Tone, shape: PictureShape): string {
  const { from, to, figure } = TONES[tone];
  const width = shape === 'wide' ? 640 : 360;
  const height = 360;
  const glyph = 232;
  const scale = Number((glyph / size).toFixed(5));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<defs><linearGradient id="tile" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/>` +
    `<stop offset="1" stop-color="${to}"/></linearGradient></defs>` +
    `<rect width="${width}" height="${height}" fill="url(#tile)"/>` +
    `<g transform="translate(${(width - glyph) / 2} ${(height - glyph) / 2}) scale(${scale})" color="${figure}">${body}</g>` +
    `</svg>\n`
  );
}
