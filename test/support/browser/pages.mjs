import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';

/** @typedef {NonNullable<import('@web/test-runner').TestRunnerConfig['middleware']>[number]} Middleware */

/** Pages under this path are served as they are, with the policy that their address asks for. */
const strictPages = '/test/browser/pages/csp/';

const self = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; connect-src 'self'";

/**
 * By the value of `?policy=`.
 * @type {Record<string, string | undefined>}
 */
export const policies = {
  none: undefined,
  self,
  'tt-lit': `${self}; require-trusted-types-for 'script'; trusted-types lit-html`,
  'tt-lit-duplicates': `${self}; require-trusted-types-for 'script'; trusted-types lit-html 'allow-duplicates'`,
  'tt-none': `${self}; require-trusted-types-for 'script'; trusted-types 'none'`,
};

/**
 * @param {string} rootFolder
 * @param {string} path of the request
 * @returns {string | undefined} the file to send as it is
 */
function fileAt(rootFolder, path) {
  const file = normalize(join(rootFolder, decodeURIComponent(path)));
  return file.startsWith(rootFolder + sep) && existsSync(file) && statSync(file).isFile() ? file : undefined;
}

/**
 * Serves what a page with a strict policy loads, so that the policy is the page's only difference. HTML is not passed
 * on to the test runner, which would add a script of its own to it.
 * @param {string} rootFolder
 * @returns {Middleware}
 */
export function strictPagesMiddleware(rootFolder) {
  return async (context, next) => {
    if (!context.path.startsWith(strictPages)) return next();
    const asked = context.URL.searchParams.get('policy') ?? 'tt-lit';
    if (!(asked in policies)) {
      context.status = 400;
      context.body = `Unknown policy: ${asked}`;
      return;
    }
    const policy = policies[asked];
    if (policy) context.set('Content-Security-Policy', policy);
    context.set('Cache-Control', 'no-store');
    if (extname(context.path) !== '.html') return next();
    const file = fileAt(rootFolder, context.path);
    if (!file) return;
    context.type = 'html';
    context.body = createReadStream(file);
  };
}

/**
 * Serves the one-file build byte for byte: the test runner would compile it, and `integrity` would refuse it.
 * @param {string} rootFolder
 * @returns {Middleware}
 */
export function builtFileMiddleware(rootFolder) {
  return async (context, next) => {
    const file = context.path.startsWith('/dist/cdn/') ? fileAt(rootFolder, context.path) : undefined;
    if (!file) return next();
    context.type = extname(file);
    context.body = createReadStream(file);
  };
}
