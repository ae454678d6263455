import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Connect, type Plugin, defineConfig } from 'vite';
import { demoMiddleware } from './demo/services/node-middleware.js';
import { pictureFiles } from './demo/services/pictures-node.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url)).replaceAll('\\', '/');

/** The files of script tags, and what they are made of. */
const LIBRARY = { 'achievement-elements.js': here('./src/cdn.ts'), 'achievement-overlay.js': here('./src/overlay.ts') };
const builtLibrary = (file: string) => here(`./dist/cdn/${file}`);

/** The simulated services and their pictures: answered by both servers, and the pictures as files in a build. */
function demoServices(): Plugin {
  return {
    name: 'demo-services',
    configureServer: ({ middlewares }) => void middlewares.use(demoMiddleware),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(demoMiddleware),
    generateBundle() {
      for (const { file, svg } of pictureFiles()) {
        this.emitFile({ type: 'asset', fileName: `pictures/${file}`, source: svg });
      }
    },
  };
}

/** The library where a page's plain script tags look for it: as built, or its source where nothing is built yet. */
function libraryFiles(): Plugin {
  const serve: Connect.NextHandleFunction = (request, response, next) => {
    const file = Object.entries(LIBRARY).find(([name]) => request.url?.split('?')[0] === `/${name}`);
    if (!file) return next();
    const [name, source] = file;
    const code = existsSync(builtLibrary(name))
      ? readFileSync(builtLibrary(name))
      : `export * from ${JSON.stringify(`/@fs/${source.replace(/^\//, '')}`)};\n`;
    response.setHeader('content-type', 'text/javascript');
    response.setHeader('cache-control', 'no-cache');
    response.end(code);
  };
  let building = false;
  return {
    name: 'library-files',
    configResolved: ({ command }) => void (building = command === 'build'),
    configureServer: ({ middlewares }) => void middlewares.use(serve),
    buildStart() {
      if (!building) return;
      for (const [fileName, id] of Object.entries(LIBRARY)) {
        if (existsSync(builtLibrary(fileName))) {
          this.emitFile({ type: 'asset', fileName, source: readFileSync(builtLibrary(fileName)) });
        } else {
          this.emitFile({ type: 'chunk', id, fileName, preserveSignature: 'allow-extension' });
        }
      }
    },
    transformIndexHtml: {
      order: 'pre',
      // The tag stays as people copy it: the file beside the page, not bundled into it.
      handler: (html) =>
        building
          ? html.replace(/<script(?=[^>]*\ssrc="\.?\/?achievement-(?:elements|overlay)\.js")/g, '<script vite-ignore')
          : html,
    },
  };
}

/** What the pages of the demo link to, in this order. */
const LINKS = {
  './': 'Playground',
  './states.html': 'Every state',
  './themes.html': 'Themes',
  './game.html': 'A game',
  './overlay.html?test&background=game&tracker=all': 'Overlay',
  './embed.html': 'Five lines',
};

/** Links to the other pages, where a page has `<!-- links -->`. */
function pageLinks(): Plugin {
  return {
    name: 'page-links',
    transformIndexHtml: {
      order: 'pre',
      handler: (html, { path }) => {
        const here = path === '/index.html' ? './' : `.${path}`;
        const links = Object.entries(LINKS).map(([address, words]) => {
          const current = address === here ? ' aria-current="page"' : '';
          return `<a href="${address.replaceAll('&', '&amp;')}"${current}>${words}</a>`;
        });
        return html.replace('<!-- links -->', links.join(' '));
      },
    },
  };
}

/** Every page of the demo; files whose names begin otherwise are somebody's notes. */
function pages(): string[] {
  return readdirSync(here('./demo'))
    .filter((file) => /^[a-z-]+\.html$/.test(file))
    .map((file) => here(`./demo/${file}`));
}

export default defineConfig({
  root: here('./demo'),
  // Relative, so that the built demo works in any folder of a static host.
  base: './',
  plugins: [demoServices(), libraryFiles(), pageLinks()],
  server: { port: 5173, fs: { allow: [here('.')] } },
  preview: { port: 5173 },
  build: {
    outDir: here('./dist-demo'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: pages() },
  },
});
