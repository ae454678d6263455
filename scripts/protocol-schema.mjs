// Makes docs/protocol.schema.json of the schemas that the backend itself checks with: `npm run protocol-schema`.

import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { toJSONSchema } from 'zod/v4/core';

/** @import { $ZodType } from 'zod/v4/core' */

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const file = join(root, 'docs/protocol.schema.json');

/** The messages of the protocol, by the names they have in the schema. */
const messages = /** @type {const} */ ({
  achievement: 'achievementSchema',
  list: 'listSchema',
  reportRequest: 'reportRequestSchema',
  reportResult: 'reportResultSchema',
  reportAnswer: 'reportAnswerSchema',
  change: 'changeSchema',
});

/** @param {string} path a module of the sources */
async function load(path) {
  const { module } = await runnerImport(join(root, path), { root, configFile: false });
  return /** @type {Record<string, $ZodType>} */ (module);
}

/**
 * The messages as they may be sent. A schema that stands in another one is named there, not repeated.
 * @returns {Promise<string>} the file
 */
export async function protocolSchema() {
  const protocol = await load('src/backends/json-protocol.ts');
  /** @type {Record<string, object>} */
  const $defs = {};
  for (const [name, schema] of Object.entries(messages)) {
    const { $schema: _, ...rest } = toJSONSchema(/** @type {$ZodType} */ (protocol[schema]), {
      io: 'input',
      override: ({ zodSchema, jsonSchema }) => refer(name, zodSchema, jsonSchema),
    });
    $defs[name] = rest;
  }

  /**
   * @param {string} name the message that is written
   * @param {$ZodType} part
   * @param {Record<string, unknown>} written
   */
  function refer(name, part, written) {
    const known = Object.entries(messages).find(([, schema]) => protocol[schema] === part)?.[0] ?? name;
    if (known === name) return;
    for (const key of Object.keys(written)) delete written[key];
    written['$ref'] = `#/$defs/${known}`;
  }

  const whole = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The JSON protocol of achievement-elements',
    description: 'Each message is in $defs. What a schema cannot say is in docs/protocol.md.',
    $defs,
  };
  return format(JSON.stringify(whole), { ...(await resolveConfig(file)), parser: 'json' });
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(file, await protocolSchema());
