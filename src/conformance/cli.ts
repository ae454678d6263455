#!/usr/bin/env node
import { argv, exit, stderr, stdout } from 'node:process';
import { parseArgs } from 'node:util';
import { BadUsage, conformanceCases, runConformance } from './run.js';
import { resultText, summaryText, targetText } from './text.js';

const USAGE = `npx achievement-elements conformance <url> [options]

Tests a service that speaks the JSON protocol (docs/protocol.md). <url> is the list, as in src.
It reports progress: use a player that nobody plays.

  --token <token>        sent as Bearer, or as it is where it has a space
  --player <player>      adds player=<player> to the URL
  --header 'Name: value' sent with every request; can be repeated
  --achievement <id>     whose progress is moved; by default the one with the longest way to go
  --read-only            runs only the cases that report nothing
  --slow                 also runs those that take half a minute
  --only <id,id>         runs only these cases
  --list                 names all cases and ends
  --json                 prints one JSON object at the end, and nothing else
  --help                 prints this

Ends with 0 where nothing failed, 1 where something did, 2 where it was called wrongly, 130 where it was stopped.
`;

const options = {
  token: { type: 'string' },
  player: { type: 'string' },
  header: { type: 'string', multiple: true },
  achievement: { type: 'string' },
  'read-only': { type: 'boolean' },
  slow: { type: 'boolean' },
  only: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function read(args: string[]) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new BadUsage(error instanceof Error ? error.message : String(error));
  }
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.map((line) => {
    const [, name, value = ''] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(line) ?? [];
    // The line may hold a secret, so it is not repeated.
    if (name === undefined) throw new BadUsage("A header reads 'Name: value'.");
    return [name, value] as const;
  });
  try {
    return Object.fromEntries(new Headers(pairs.map(([name, value]): [string, string] => [name, value])));
  } catch {
    throw new BadUsage('A header cannot be sent.');
  }
}

const print = (text: string) => stdout.write(`${text}\n`);

async function main(args: string[]): Promise<number> {
  const { values, positionals } = read(args);
  if (values.help) {
    stdout.write(USAGE);
    return 0;
  }
  const [command, url, ...surplus] = positionals;
  if (command !== 'conformance') throw new BadUsage(`There is no command ${command ?? 'without a name'}.`);
  if (values.list) {
    for (const { id, title } of conformanceCases) print(`${id}: ${title}`);
    return 0;
  }
  if (url === undefined) throw new BadUsage('The URL of the list is missing.');
  if (surplus.length > 0) throw new BadUsage(`There is one URL, not also ${surplus.join(' ')}.`);

  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const report = await runConformance({
    url,
    fetch,
    token: values.token,
    player: values.player,
    headers: headersOf(values.header ?? []),
    only: values.only?.split(',').filter((id) => id !== ''),
    achievement: values.achievement,
    readOnly: values['read-only'],
    slow: values.slow,
    signal: stop.signal,
    ...(!values.json && {
      onTarget: (target) => print(targetText(target)),
      onResult: (result) => print(resultText(result)),
    }),
  });
  print(values.json ? JSON.stringify(report, undefined, 2) : summaryText(report));
  if (report.stopped) return 130;
  return report.counts.failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main(argv.slice(2));
} catch (error) {
  const known = error instanceof BadUsage;
  stderr.write(known ? `${error.message}\n\n${USAGE}` : `${error instanceof Error ? error.stack : String(error)}\n`);
  exit(known ? 2 : 1);
}
