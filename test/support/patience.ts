/**
 * ms for whatever has to happen in a browser, in a server or between the two. The ladder's first three retries fit into it, the
 * third of which comes after a minute: on a busy machine first tries may fail.
 */
export const PATIENCE = 90_000

/**
 * Deadlines of a Vitest project, above those of what its tests wait for: else a test ends without saying for what it waited.
 * Hooks build whole apps.
 */
export const patient = {
  testTimeout: 300_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: PATIENCE } },
}
