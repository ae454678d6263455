import { spawn } from 'node:child_process';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_TOKEN } from '../../demo/services/index.js';
import { demoMiddleware } from '../../demo/services/node-middleware.js';
import type { ConformanceReport } from '../../src/conformance/run.js';
import { packageJson, root } from './dist.js';

const command = (packageJson['bin'] as Record<string, string>)['achievement-elements'] ?? '';

let server: Server;
let service: string;

beforeAll(async () => {
  server = createServer((request, response) => demoMiddleware(request, response, () => response.end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  service = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secure/json/achievements`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the command as it was built, and does something once it has started. */
function run(
  args: readonly string[],
  whenStarted?: (process: ReturnType<typeof spawn>) => void,
  nodeOptions: readonly string[] = [],
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...nodeOptions, join(root, command), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (text) => (output += String(text)));
    child.stderr.on('data', (text) => (errors += String(text)));
    child.on('close', (code) => resolve({ code, output, errors }));
    whenStarted?.(child);
  });
}

describe('the command that tests a service', () => {
  it('finds the demo’s service good, over a real connection', async () => {
    const args = ['conformance', `${service}?room=good`, '--token', DEMO_TOKEN, '--json'];
    const { code, output, errors } = await run([...args, '--header', 'Cookie: demo-session=nova']);
    expect(errors).toBe('');
    const { results, target } = JSON.parse(output) as ConformanceReport;
    expect(results.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    // A proxy on the pages' own origin lets no other in; and half a minute is long.
    const others = results.filter(({ outcome }) => outcome !== 'passed').map(({ id, outcome }) => [id, outcome]);
    expect(others).toEqual([
      ['cors-exposed', 'warned'],
      ['events-keep-alive', 'skipped'],
    ]);
    expect(target?.id).toBe('map-reader');
    expect(code).toBe(0);
  });

  it('tells what is broken, and ends with 1', async () => {
    const { code, output } = await run(['conformance', `${service}?fault=bad-envelope`, '--only', 'list-shape']);
    expect(output).toContain('FAIL  list-shape');
    expect(output).toMatch(/expected .*\n +came .*\n +why .*\n +see +docs\/protocol\.md#the-list\n/);
    expect(output).toMatch(/\n0 passed, 1 failed, 0 warned, 0 skipped\n$/);
    expect(code).toBe(1);
  });

  it.each([
    [[], 'There is no command'],
    [['conform', 'http://x.test/'], 'There is no command conform.'],
    [['conformance'], 'The URL of the list is missing.'],
    [['conformance', 'nowhere'], 'nowhere is no URL'],
    [['conformance', 'http://x.test/', '--tokn', 'x'], '--tokn'],
    [['conformance', 'http://x.test/', '--only', 'nothing'], 'There is no case nothing.'],
    [['conformance', 'http://x.test/', '--header', 'secret'], "A header reads 'Name: value'."],
  ])('ends with 2 and says why where it is called wrongly: %j', async (args, message) => {
    const { code, output, errors } = await run(args);
    expect([code, output]).toEqual([2, '']);
    expect(errors).toContain(message);
    expect(errors).toContain('npx achievement-elements conformance <url>');
    expect(errors).not.toContain('secret');
  });

  it('explains itself', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, errors: '' });
    const { code, output } = await run(['conformance', '--list']);
    expect([code, output.includes('duplicate: ')]).toEqual([0, true]);
  });

  it.runIf(process.platform !== 'win32')('stops at once where it is told to, and says what it found', async () => {
    const asked = new Promise((resolve) => server.once('request', resolve));
    const { code, output, errors } = await run(
      ['conformance', `${service}?fault=hang`, '--token', DEMO_TOKEN],
      (child) => void asked.then(() => child.kill('SIGINT')),
      // What Node forgets with its garbage (https://github.com/nodejs/undici/issues/3644) is forgotten each time.
      ['--expose-gc', '--import', "data:text/javascript,process.on('SIGINT',()=>gc())"],
    );
    expect([code, errors]).toEqual([130, '']);
    expect(output).toBe('Stopped: 0 passed, 0 failed, 0 warned, 0 skipped\n');
  });
});
