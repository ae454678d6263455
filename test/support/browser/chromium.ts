import { chromium, type Browser, type LaunchOptions } from 'playwright-core';
import { inject } from 'vitest';
import { isRoot } from '../../../scripts/browsers.mjs';

/** The installed Chromium, for tests of whole pages. The caller closes it. */
export function launchChromium({ args = [], ...options }: LaunchOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('chromiumPath'),
    // As root Chromium refuses its sandbox; /dev/shm of a container is too small for it.
    args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-dev-shm-usage', ...args],
    ...options,
  });
}
