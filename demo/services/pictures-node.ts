import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PICTURES, type PictureShape, type Tone, drawPicture, isTone, parsePictureName } from './pictures.js';

interface IconSet {
  readonly icons: Readonly<Record<string, { readonly body: string }>>;
  readonly width?: number;
}

const require = createRequire(import.meta.url);

let icons: IconSet | undefined;

/** Four thousand icons in one file: read once, when the first picture is asked for. */
function iconSet(): IconSet {
  const file = require.resolve('@iconify-json/game-icons/icons.json');
  return (icons ??= JSON.parse(readFileSync(file, 'utf8')) as IconSet);
}

/** A picture of the catalogue as an SVG document; `undefined` where the icon set has no such icon. */
export function renderPicture(name: string, shape: PictureShape, tone?: Tone): string | undefined {
  const { icons: all, width = 512 } = iconSet();
  const icon = Object.hasOwn(all, name) ? all[name] : undefined;
  return icon && drawPicture(icon.body, width, tone ?? PICTURES[name] ?? 'slate', shape);
}

/** Answers `/pictures/{name}.svg` and `/pictures/{name}.wide.svg`, each with an optional `?tone=`. */
export function answerPicture(url: URL): Response | undefined {
  const [, file] = /^\/pictures\/(.+)$/.exec(url.pathname) ?? [];
  if (file === undefined) return undefined;
  const picture = parsePictureName(file);
  const tone = url.searchParams.get('tone');
  const svg = picture && renderPicture(picture.name, picture.shape, isTone(tone) ? tone : undefined);
  if (svg === undefined) return new Response('No such picture', { status: 404 });
  return new Response(svg, {
    headers: { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600', 'x-content-type-options': 'nosniff' },
  });
}

/** Every picture as a file, for a build without a server: names relative to `/pictures/`. */
export function* pictureFiles(): Generator<{ file: string; svg: string }> {
  for (const name of Object.keys(PICTURES)) {
    for (const shape of ['square', 'wide'] as const) {
      const svg = renderPicture(name, shape);
      if (svg !== undefined) yield { file: `${name}${shape === 'wide' ? '.wide' : ''}.svg`, svg };
    }
  }
}
