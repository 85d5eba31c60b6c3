import type { ServerVersion } from '../server-settings'

/**
 * What an event may have of JSON. Push server 2.0 (version 4) counts the bytes of what the back end posts, push server 1.0 (version 3) the
 * characters. That of version 5 is not public: the back end counts characters for it.
 */
const LIMITS: Readonly<Record<ServerVersion, { most: number, unit: 'bytes' | 'characters' }>> = {
  3: { most: 1_000_000, unit: 'characters' },
  4: { most: 1_048_576, unit: 'bytes' },
  5: { most: 1_048_576, unit: 'characters' },
}

/** Why the push server drops an event of this JSON, or null. */
export function whyTooLarge(json: string, version: ServerVersion): string | null {
  const { most, unit } = LIMITS[version]
  const size = unit === 'bytes' ? Buffer.byteLength(json) : json.length
  return size > most ? `The event has ${size} ${unit} of JSON. A push server of version ${version} drops what has more than ${most}, after REST has answered true.` : null
}
