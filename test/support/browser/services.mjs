import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runnerImport } from 'vite';

const handlerModule = 'demo/services/node-middleware.ts';

/** @typedef {NonNullable<import('@web/test-runner').TestRunnerConfig['middleware']>[number]} Middleware */

/**
 * Answers requests for the simulated services of the demo, so that elements can be tested against real wire formats.
 * @param {string} rootFolder
 * @returns {Middleware}
 */
export function servicesMiddleware(rootFolder) {
  /** @type {Promise<{ handleNode: (request: import('node:http').IncomingMessage) => Promise<Response | undefined> }> | undefined} */
  let handler;

  async function load() {
    const { module } = await runnerImport(join(rootFolder, handlerModule), { root: rootFolder, configFile: false });
    return /** @type {Awaited<NonNullable<typeof handler>>} */ (module);
  }

  return async (context, next) => {
    if (!existsSync(join(rootFolder, handlerModule))) return next();
    handler ??= load();
    const { handleNode } = await handler;
    const answer = await handleNode(context.req);
    if (!answer) return next();
    context.status = answer.status;
    answer.headers.forEach((value, name) => context.set(name, value));
    context.body = answer.body
      ? Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (answer.body))
      : null;
  };
}
