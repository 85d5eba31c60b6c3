import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readApi } from './lib/api.mjs'
import { renderApiPage } from './lib/api-page.mjs'
import { root } from './lib/root.mjs'

// Writes docs/api.md from the doc comments in src/. `npm test -- docs` says when that is due.
// TypeDoc with its Markdown plugin was tried in its place: it knows nothing of module options and hooks, repeats what several entries export,
// names line numbers that change with each commit, and makes 7,800 lines of three entries where these are 3,400 of seven.

writeFileSync(join(root, 'docs/api.md'), renderApiPage(readApi()))
