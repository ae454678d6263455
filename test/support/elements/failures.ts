import { chai } from '@open-wc/testing';

/**
 * What a failed comparison compared goes to the test runner as JSON. Elements and stores hold circles, and the runner would
 * wait for an answer that never comes instead of telling which test failed: what is no JSON goes as text.
 */
function sendable(value: unknown): unknown {
  try {
    JSON.stringify(value);
    return value;
  } catch {
    return Object.prototype.toString.call(value);
  }
}

const prototype = chai.Assertion.prototype as { assert(...given: unknown[]): void };
const { assert } = prototype;
prototype.assert = function (...given) {
  try {
    assert.apply(this, given);
  } catch (error) {
    const failure = error as { actual?: unknown; expected?: unknown };
    failure.actual = sendable(failure.actual);
    failure.expected = sendable(failure.expected);
    throw error;
  }
};
