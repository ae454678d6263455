import { executeServerCommand } from '@web/test-runner-commands';

/** Presses a real key, in all three engines; the ones before the last are held, as in `press('Shift', 'Tab')`. */
export async function press(...keys: readonly string[]): Promise<void> {
  await executeServerCommand<boolean, readonly string[]>('press', keys);
}
