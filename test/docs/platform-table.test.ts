import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'

/** What pages inside Bitrix24 use. Each has to be found in the table by a developer who searches for it. */
const PLATFORM = [
  ['onPullEvent-MODULE', 'onPull-MODULE'],
  ['onPullEvent', 'onPull'],
  ['onPullClientEvent', 'onPullClientEvent-MODULE'],
  ['onPullOnlineEvent'],
  ['onPullStatus', 'onPullError', 'onPullRevisionUp'],
  ['BX.PULL.extendWatch'],
  ['BX.PullClient.start / stop / restart'],
  ['CPullStack', '\\Bitrix\\Pull\\Event::add'],
  ['CPushManager'],
  ['CPullWatch'],
  ['60-20-10'],
]

const page = readFileSync(join(root, 'docs/platform.md'), 'utf8')
const rows = page.split('\n').filter(line => line.startsWith('| ')).slice(2).map(line => line.split(' | ').map(cell => cell.replace(/^\| | \|$/g, '')))

const links = (cell = '') => [...cell.matchAll(/\[(.+?)\]\(([^()]+)\)(?=, |$| in | \()/g)].map(([, text, target]) => ({ text: text!, target: target! }))
const proofs = rows.flatMap(([inside, , provedBy]) => links(provedBy).map(({ text, target }) => ({ inside: inside!, title: text, file: join('docs', target) })))

describe('the page about the platform', () => {
  it('has a row for everything that pages inside Bitrix24 use', () => {
    expect(rows).toHaveLength(PLATFORM.length)
    PLATFORM.forEach((words, index) => {
      for (const word of words) expect(rows[index]![0]).toContain(word)
    })
  })

  it('leads from every row to a page of ours', () => {
    for (const [inside, here] of rows) expect(links(here).filter(({ target }) => /^\w+\.md$/.test(target)), inside).not.toEqual([])
  })

  it('leads from every row to a test in Chromium', () => {
    expect(rows.filter(([, , provedBy]) => links(provedBy).length === 0)).toEqual([])
    expect(proofs.filter(({ file }) => !/^test\/(?:e2e|pages)\/.+\.test\.ts$/.test(file))).toEqual([])
  })

  it.each(proofs)('names a test that is there: $title', ({ title, file }) => {
    const source = readFileSync(join(root, file), 'utf8').replaceAll('\\\'', '\'')
    expect(source).toContain(`  it('${title}', `)
  })
})
