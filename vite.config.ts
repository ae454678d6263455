import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Connect, type Plugin, defineConfig } from 'vite';
import { demoMiddleware } from './demo/services/node-middleware.js';
import { pictureFiles } from './demo/services/pictures-node.js';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url)).replaceAll('\\', '/');

const LIBRARY = 'achievement-elements.js';
const BUILT_LIBRARY = here(`./dist/cdn/${LIBRARY}`);
const LIBRARY_SOURCE = here('./src/cdn.ts');

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

/** The library where a page's plain script tag looks for it: as built, or its source where nothing is built yet. */
function libraryFile(): Plugin {
  const serve: Connect.NextHandleFunction = (request, response, next) => {
    if (!/^\/achievement-elements\.js(?:\?|$)/.test(request.url ?? '')) return next();
    const code = existsSync(BUILT_LIBRARY)
      ? readFileSync(BUILT_LIBRARY)
      : `export * from ${JSON.stringify(`/@fs/${LIBRARY_SOURCE.replace(/^\//, '')}`)};\n`;
    response.setHeader('content-type', 'text/javascript');
    response.setHeader('cache-control', 'no-cache');
    response.end(code);
  };
  let building = false;
  return {
    name: 'library-file',
    configResolved: ({ command }) => void (building = command === 'build'),
    configureServer: ({ middlewares }) => void middlewares.use(serve),
    buildStart() {
      if (!building) return;
      if (existsSync(BUILT_LIBRARY)) {
        this.emitFile({ type: 'asset', fileName: LIBRARY, source: readFileSync(BUILT_LIBRARY) });
      } else {
        this.emitFile({ type: 'chunk', id: LIBRARY_SOURCE, fileName: LIBRARY, preserveSignature: 'strict' });
      }
    },
    transformIndexHtml: {
      order: 'pre',
      // The tag stays as people copy it: the file beside the page, not bundled into it.
      handler: (html) =>
        building
          ? html.replace(/<script(?=[^>]*\ssrc="\.?\/?achievement-elements\.js")/g, '<script vite-ignore')
          : html,
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
  plugins: [demoServices(), libraryFile()],
  server: { port: 5173, fs: { allow: [here('.')] } },
  preview: { port: 5173 },
  build: {
    outDir: here('./dist-demo'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: pages() },
  },
});
