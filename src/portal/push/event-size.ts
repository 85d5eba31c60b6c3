import type { ServerVersion } from '../server-settings'

/**
 * Why the push server drops an event of this JSON, or null. Push server 2.0 (version 4) counts the bytes of what the back end posts, push server 1.0
 * the characters. That of version 5 is not public: the back end counts characters for it.
 */
export function whyTooLarge(json: string, version: ServerVersion): string | null {
  const [most, unit] = version < 4 ? [1_000_000, 'characters'] as const : version === 4 ? [1_048_576, 'bytes'] as const : [1_048_576, 'characters'] as const
  const size = unit === 'bytes' ? Buffer.byteLength(json) : json.length
  return size > most ? `The event has ${size} ${unit} of JSON. A push server of version ${version} drops what has more than ${most}, after REST has answered true.` : null
}
