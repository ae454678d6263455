import { createReadStream, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** @typedef {NonNullable<import('@web/test-runner').TestRunnerConfig['middleware']>[number]} Middleware */

/**
 * Serves recorded answers that lie beside the project and are no part of it: the list of their names at `/captures/`,
 * and each by its name. Where there are none, the list is empty.
 * @param {string} rootFolder
 * @returns {Middleware}
 */
export function capturesMiddleware(rootFolder) {
  const folder = join(rootFolder, '../shared/captures/xbox');
  return async (context, next) => {
    if (!context.path.startsWith('/captures/')) return next();
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
    const name = basename(context.path);
    context.type = 'json';
    if (context.path === '/captures/') context.body = JSON.stringify(names);
    else if (names.includes(name)) context.body = createReadStream(join(folder, name));
    else context.status = 404;
  };
}
