/**
 * Whether a chunk holds the SDK: chunks are named by a hash, and told apart by what only they hold.
 * @param {string} code
 */
export const isSdk = code => code.includes('JSSDK_CLIENT_SIDE_WARNING')
