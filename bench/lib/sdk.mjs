/** What only the SDK's parts hold: chunks are named by a hash. */
const MARKS = { 'SDK, frame': 'JSSDK_CLIENT_SIDE_WARNING', 'SDK, pull client': 'bx-pull-websocket-blocked' }

export const sdkParts = Object.keys(MARKS)

/**
 * Which part of the SDK a chunk holds.
 * @param {string} code
 * @returns {string | undefined} its name, or nothing where it holds none
 */
export const sdkPart = code => sdkParts.find(part => code.includes(MARKS[part]))
