// WebKitGTK for the tests: an X server without a screen, and a WebDriver server on it.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { env } from 'node:process';
import { isRoot } from './browsers.mjs';

const startLimitMilliseconds = 30_000;

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('No free port'));
      });
    });
  });
}

/**
 * @param {string} program
 * @param {Promise<unknown>} ready
 * @param {import('node:child_process').ChildProcess} child
 */
async function started(program, ready, child) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`${program} ended at once (${code ?? signal})`)));
    timer = setTimeout(() => reject(new Error(`${program} did not start in time`)), startLimitMilliseconds);
  });
  try {
    await Promise.race([ready, failed]);
  } catch (error) {
    child.kill();
    throw error;
  } finally {
    clearTimeout(timer);
    child.removeAllListeners('exit');
  }
}

/**
 * @param {string} program
 * @returns {Promise<{ child: import('node:child_process').ChildProcess, display: string }>}
 */
async function startDisplay(program) {
  // Without a window manager the window under the pointer has the focus, and the pointer stands in the middle: on a
  // small screen no window is too small to be under it. A window may be larger than the screen.
  // -displayfd: the server picks a free number itself, and writes it when it takes connections.
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  let number = '';
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  const ready = new Promise((resolve) => {
    pipe.on('data', (/** @type {Buffer} */ chunk) => {
      number += chunk.toString();
      if (number.endsWith('\n')) resolve(undefined);
    });
  });
  await started(program, ready, child);
  return { child, display: `:${number.trim()}` };
}

/**
 * @param {number} port
 * @param {AbortSignal} signal
 */
async function driverAnswers(port, signal) {
  while (!signal.aborted) {
    const ready = await fetch(`http://127.0.0.1:${port}/status`, { signal }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts both servers, each ended by its own process id.
 * @param {import('./browsers.mjs').WebKitPrograms} programs
 * @returns {Promise<{ port: number, stop: () => void }>}
 */
export async function startWebKit(programs) {
  const screen = await startDisplay(programs.display);
  const port = await freePort();
  const driver = spawn(programs.driver, [`--port=${port}`, '--host=127.0.0.1'], {
    stdio: ['ignore', 'ignore', 'ignore'],
    env: {
      ...env,
      DISPLAY: screen.display,
      // The sandbox needs user namespaces, which root in a container often cannot make.
      ...(isRoot && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
      // Software rendering: there is no graphics card on a server, and the probe for one can hang.
      LIBGL_ALWAYS_SOFTWARE: '1',
      // Accessibility and settings services of a desktop are not running here; asking for them only costs time.
      NO_AT_BRIDGE: '1',
      GSETTINGS_BACKEND: 'memory',
    },
  });
  const stopWaiting = new AbortController();
  const stop = () => {
    driver.kill();
    screen.child.kill();
  };
  try {
    await started(programs.driver, driverAnswers(port, stopWaiting.signal), driver);
  } catch (error) {
    stop();
    throw error;
  } finally {
    stopWaiting.abort();
  }
  // However this process ends, it leaves none of its children behind.
  process.once('exit', stop);
  return { port, stop };
}
