import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { addVitePlugin } from '@nuxt/kit'

/** Where the SDK gets its protobuf from. */
const ENTRY = /[\\/]@bitrix24[\\/]b24jssdk[\\/]dist[\\/]esm[\\/]pullClient[\\/]protobuf[\\/]index\.mjs$/

/** What stands there, by SHA-256, without the comment that names the SDK's version. */
const KNOWN = {
  'index.mjs': '1c267175a37b0e391a4a4cd5628a941c2679bfcaf259cb55e7128b8486502ebb',
  'model.mjs': 'ed95e8757c89015460b2a4957330986cbb17bcbf88bfb662d803f9a9c3574c89',
}

/**
 * Leaves the SDK's copy of protobuf.js out of what browsers load: 25 kB after gzip for five small messages of the push server's
 * version 4, which `wire/push-protobuf` reads and writes with pbf. An SDK with other files there keeps them.
 *
 * @param replacement the file to take instead
 */
export function setupSdkProtobuf(replacement: string): void {
  addVitePlugin(leaveOutProtobuf(replacement), { server: false, dev: false })
}

export function leaveOutProtobuf(replacement: string) {
  return {
    name: 'nuxt-b24-pull:protobuf',
    enforce: 'pre' as const,
    async load(id: string): Promise<string | undefined> {
      if (!ENTRY.test(id) || !await isKnown(dirname(id))) return undefined
      return `export { IncomingMessage, Receiver, RequestBatch, ResponseBatch } from ${JSON.stringify(replacement)}\n`
    },
  }
}

async function isKnown(folder: string): Promise<boolean> {
  const checks = Object.entries(KNOWN).map(([name, hash]) => readFile(join(folder, name), 'utf8').then(module => hashOf(module) === hash, () => false))
  return (await Promise.all(checks)).every(Boolean)
}

function hashOf(module: string): string {
  const code = module.replace(/^\/\*\*[\s\S]*?\*\/\n/, '').replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n')
  return createHash('sha256').update(code).digest('hex')
}
