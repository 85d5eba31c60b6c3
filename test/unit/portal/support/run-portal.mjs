import process from 'node:process'
import { createPortal } from 'nuxt-b24-pull/portal'

// A dev portal in a process of its own, so that a test sees it die and how much memory it takes.

const portal = await createPortal(JSON.parse(process.argv[2] ?? '{}'))
process.on('message', () => {
  // As where memory is short: what the heap does not need goes back to the system, too.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  process.send?.({ rss: process.memoryUsage.rss() })
})
process.on('disconnect', () => process.exit())
process.send?.({ url: portal.url })
