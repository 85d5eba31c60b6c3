import { parseArgs } from 'node:util'
import { quietOutput } from './lib/quiet.mjs'

// What of the SDK and of its libraries an app loads, by who wrote it, and which import brings each library in.
// `node bench/sdk-parts.mjs [--json]`

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const print = quietOutput(values.json)
const { weighSdk } = await import('./lib/sdk-parts.mjs')

const chunks = await weighSdk()
if (values.json) {
  print(`${JSON.stringify(chunks)}\n`)
}
else {
  for (const { name, gzipped, parts, ways } of chunks) {
    console.log(`${name}: ${gzipped} bytes after gzip`)
    console.table(parts)
    for (const way of ways) console.log(`  ${way.join(' → ')}`)
  }
}
