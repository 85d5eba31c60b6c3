/**
 * What is heavier than it may be. All figures are bytes after gzip.
 * @param {import('./size.mjs').Sizes} sizes
 * @param {{ entry: number, connection: number, composables: Record<string, number> }} budgets
 * @returns {string[]} one sentence each
 */
export function overBudget({ entry, later, isSdkLater, isSharingLater, composables }, budgets) {
  const parts = [
    ['The entry grows by', entry.growth, budgets.entry],
    ['What loads with the connection weighs', later.connection, budgets.connection],
    ...Object.entries(composables).map(([name, size]) => [`${name}() adds`, size, budgets.composables[name] ?? 0]),
  ]
  return [
    ...parts.filter(([, size, budget]) => !(size <= budget)).map(([what, size, budget]) => `${what} ${size} bytes; its budget in bench/budgets.json is ${budget}.`),
    ...isSdkLater ? [] : ['The SDK is in the entry.'],
    ...isSharingLater ? [] : ['What shares a connection between frames is in the entry.'],
  ]
}
