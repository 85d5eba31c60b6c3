import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readApi } from './lib/api.mjs'
import { renderApiPage } from './lib/api-page.mjs'
import { root } from './lib/root.mjs'

// Writes docs/api.md from the doc comments in src/. `npm test -- docs` says when that is due.

writeFileSync(join(root, 'docs/api.md'), renderApiPage(readApi()))
