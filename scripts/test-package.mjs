import process from 'node:process'
import { bootstrap } from './bootstrap.mjs'
import { endAllOnSignal, run } from './lib/run.mjs'
import { report } from './lib/stop.mjs'

// `npm run test:package`: the package as users get it, in fresh apps; `-- <row> …` for some of the matrix only.

endAllOnSignal()
try {
  const env = await bootstrap({ browser: true })
  process.exitCode = await run('node', ['test/consumers/run.ts', ...process.argv.slice(2)], { env })
}
catch (error) {
  process.exitCode = report(error)
}
