import { until } from './fixtures.js';

/** Waits until this page asked for a URL. */
export const requestsTo = (url: string) =>
  until(() => performance.getEntriesByType('resource').some(({ name }) => name.endsWith(url)), `${url} is asked for`);
