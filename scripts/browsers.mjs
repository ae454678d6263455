// Finds the browsers of the tests, or installs them, or says what to install.
// `node scripts/browsers.mjs` does it for all of them and prints where they are.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from './files.mjs';
import { delimiter, join } from 'node:path';
import { env, getuid, platform } from 'node:process';
import { pathToFileURL } from 'node:url';

/** @typedef {'chromium' | 'firefox' | 'webkit'} Engine */

/**
 * @typedef {object} WebKitPrograms
 * @property {string} driver WebKitGTK's WebDriver server
 * @property {string} browser the browser it drives
 * @property {string} display the X server both are shown on
 */

/**
 * @typedef {object} Browsers
 * @property {string} [chromium]
 * @property {string} [firefox]
 * @property {WebKitPrograms} [webkit]
 */

/** @type {readonly Engine[]} */
export const engines = ['chromium', 'firefox', 'webkit'];

/** WebKitGTK is made for Linux; nothing on the other systems lets a stranger drive their WebKit headless. */
export const webkitRunsHere = platform === 'linux';

/** @type {readonly Engine[]} */
export const enginesHere = engines.filter((engine) => engine !== 'webkit' || webkitRunsHere);

export const isRoot = getuid?.() === 0;

const programFolders = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(
  (folder) => folder !== undefined,
);

/** @type {Record<'chromium' | 'firefox', Partial<Record<NodeJS.Platform, string[]>>>} */
const usualPlaces = {
  chromium: {
    linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'],
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    win32: programFolders.flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Chromium/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
  },
  firefox: {
    linux: ['firefox-esr', 'firefox'],
    darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
    win32: programFolders.map((folder) => join(folder, 'Mozilla Firefox/firefox.exe')),
  },
};

const miniBrowserPlaces = [
  '/usr/lib/*/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/*/webkit2gtk-4.0/MiniBrowser',
  '/usr/lib/*/webkitgtk-6.0/MiniBrowser',
  '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
  '/usr/libexec/webkitgtk-6.0/MiniBrowser',
  '/usr/lib/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/webkitgtk-6.0/MiniBrowser',
];

/** @type {Record<Engine, string[]>} */
const debianPackages = {
  chromium: ['chromium'],
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
};

/** @type {Record<Engine, Partial<Record<NodeJS.Platform, string>> & { linux: string, variable: string }>} */
const advice = {
  chromium: {
    linux: 'Debian: apt-get install chromium. Ubuntu: https://www.google.com/chrome/. Fedora: dnf install chromium.',
    darwin: 'brew install --cask google-chrome',
    win32: 'winget install Google.Chrome',
    variable: 'CHROMIUM_PATH',
  },
  firefox: {
    linux:
      'Debian: apt-get install firefox-esr. Ubuntu: https://support.mozilla.org/kb/install-firefox-linux. Fedora: dnf install firefox.',
    darwin: 'brew install --cask firefox',
    win32: 'winget install Mozilla.Firefox',
    variable: 'FIREFOX_PATH',
  },
  webkit: {
    linux: 'Debian, Ubuntu: apt-get install webkit2gtk-driver xvfb.',
    variable: 'WEBKIT_DRIVER_PATH, WEBKIT_BROWSER_PATH and XVFB_PATH',
  },
};

/**
 * @param {readonly string[]} candidates absolute paths, or names to look for in PATH
 * @param {string} [override] a path that a person asked for: used, or an error, never passed over in silence
 * @returns {string | undefined}
 */
function firstProgram(candidates, override) {
  if (override) {
    if (!existsSync(override)) throw new Error(`There is no program at ${override}: see the environment variables.`);
    return override;
  }
  const folders = (env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/usr/local/bin');
  return candidates
    .flatMap((candidate) => (/[\\/]/.test(candidate) ? candidate : folders.map((folder) => join(folder, candidate))))
    .find((path) => existsSync(path));
}

/** @returns {WebKitPrograms | undefined} */
function findWebKit() {
  if (!webkitRunsHere) return undefined;
  const driver = firstProgram(['WebKitWebDriver'], env['WEBKIT_DRIVER_PATH']);
  const browser = firstProgram(miniBrowserPlaces.flatMap(globSync), env['WEBKIT_BROWSER_PATH']);
  const display = firstProgram(['Xvfb'], env['XVFB_PATH']);
  return driver && browser && display ? { driver, browser, display } : undefined;
}

/** @returns {Browsers} */
export function findBrowsers() {
  const chromium = firstProgram(usualPlaces.chromium[platform] ?? [], env['CHROMIUM_PATH']);
  const firefox = firstProgram(usualPlaces.firefox[platform] ?? [], env['FIREFOX_PATH']);
  const webkit = findWebKit();
  return { ...(chromium && { chromium }), ...(firefox && { firefox }), ...(webkit && { webkit }) };
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  const { status } = spawnSync(command, args, {
    // What apt prints belongs to the log, and a question from it would hang for ever.
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/** @param {readonly Engine[]} missing */
function installWithApt(missing) {
  const packages = missing.flatMap((engine) => debianPackages[engine]);
  // The text of a page needs at least one font; a browser alone brings none.
  packages.push('fonts-dejavu-core');
  if (!run('apt-get', ['update'])) console.error('apt-get update failed: trying with the lists as they are.');
  if (run('apt-get', ['install', '-y', '--no-install-recommends', ...packages])) return;
  // Ubuntu has no firefox-esr, for one: what can be installed should be.
  for (const name of packages) run('apt-get', ['install', '-y', '--no-install-recommends', name]);
}

/**
 * Finds the browsers of `wanted`; as root on Debian and its relatives installs what is missing.
 * @param {readonly Engine[]} [wanted]
 * @returns {Browsers}
 */
export function ensureBrowsers(wanted = enginesHere) {
  /** @param {Browsers} found */
  const missingOf = (found) => wanted.filter((engine) => !found[engine]);

  let browsers = findBrowsers();
  if (missingOf(browsers).length > 0 && isRoot && firstProgram(['apt-get'])) {
    installWithApt(missingOf(browsers));
    browsers = findBrowsers();
  }
  const missing = missingOf(browsers);
  if (missing.length > 0) {
    const lines = missing.map((engine) => {
      const { variable, ...places } = advice[engine];
      const how = places[platform] ?? places.linux;
      return `- ${engine} was not found. ${how} If it is somewhere unusual, say where in ${variable}.`;
    });
    throw new Error(`The tests need browsers that are not here:\n${lines.join('\n')}`);
  }
  return browsers;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    if (!webkitRunsHere) console.log(`webkit: cannot run on ${platform}, WebKitGTK is made for Linux.`);
    console.log(ensureBrowsers());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
