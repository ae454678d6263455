import { executeServerCommand } from '@web/test-runner-commands';

export interface Size {
  width: number;
  height: number;
}

/**
 * Gives the page this size, in all three engines; the test runner's `setViewport` knows only two of them.
 * The window of WebKit's test browser is never narrower than about 450 pixels: put the element in a narrower box.
 */
export async function resizeViewport(size: Size): Promise<void> {
  const given = await executeServerCommand<Size, Size>('resize', size);
  if (given.width !== size.width) throw new Error(`The page is ${given.width} pixels wide, not ${size.width}`);
}
