// What is said of several measured values.

/** @param {readonly number[]} values */
export function median(values) {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}

/** @param {readonly number[]} values */
function range(values) {
  return `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`;
}

/**
 * One line: what it is, its median, and between which values it lies.
 * @param {string} label
 * @param {readonly number[]} values
 * @param {string} [unit]
 */
export function line(label, values, unit = 'ms') {
  return `  ${label.padEnd(30)} ${median(values).toFixed(1)} ${unit} (${range(values)})`;
}

/**
 * A figure with its budget.
 * @param {string} label
 * @param {number} value
 * @param {number} budget the most it may be
 * @param {{ digits?: number, unit?: string }} [options]
 */
export function verdict(label, value, budget, { digits = 0, unit = '' } = {}) {
  const words = `${value.toFixed(digits)}${unit}, at most ${budget}${unit}: ${value <= budget ? 'met' : 'NOT MET'}`;
  return `  ${label.padEnd(30)} ${words}`;
}
