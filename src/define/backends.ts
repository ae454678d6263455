import { json } from '../backends/json.js';
import { overridden } from '../backends/overrides.js';
import { registerBackend, registerOverrides } from '../backends/registry.js';
import { talonOne } from '../backends/talon-one.js';
import { xbox } from '../backends/xbox.js';

registerBackend('json', json);
registerBackend('xbox', xbox);
registerBackend('talon-one', talonOne);
registerOverrides(overridden);
