import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../../scripts/lib/root.mjs'
import { createPortal } from '../../../src/portal'
import { replayOf } from '../../../src/portal/page/src/log/replay'
import { testSnippet } from '../../../src/portal/page/src/log/test-snippet'
import { runTool } from '../../support/tool'
import { rest, tokenOf } from '../portal/support/client'

/** A portal in which everything has happened that can be done again. */
async function play() {
  const portal = await createPortal({ app: 'http://localhost:3000', rest: { 'crm.deal.list': () => [{ ID: '42', TITLE: 'It\'s "big"\u2028' }] } })
  const token = tokenOf(portal)
  portal.emit({ module: 'application', command: 'deal:saved', params: { id: 42, names: ['a', 'b'] } })
  portal.emit({ module: 'application', command: 'ping', userId: 2 })
  await rest(portal, token, 'crm.deal.list', { filter: { '>ID': 1 } })
  await rest(portal, token, 'no.such.method')
  await rest(portal, token, 'batch', { cmd: { a: 'profile', b: 'crm.deal.list?filter[ID]=1' } })
  await portal.fireEvent('ONCRMDEALUPDATE', { FIELDS: { ID: '42' } })
  portal.faults.on('cut-connections', { userId: 2 })
  portal.faults.on('push-delay', { ms: 5 })
  await portal.close()
  return { entries: portal.log, faults: portal.faults.list }
}

describe('what can be done again', () => {
  it('is every event, REST call and fault, as it was', async () => {
    const { entries, faults } = await play()
    const replays = entries.flatMap(entry => replayOf(entry, faults).replay ?? [])
    expect(replays.map(({ kind }) => kind)).toEqual(['emit', 'emit', 'rest', 'rest', 'rest', 'rest', 'rest', 'event', 'fault', 'fault'])
    expect(replays[0]).toEqual({ kind: 'emit', module: 'application', command: 'deal:saved', params: { id: 42, names: ['a', 'b'] }, userId: null })
    expect(replays[1]).toMatchObject({ userId: 2 })
    expect(replays[2]).toMatchObject({ method: 'crm.deal.list', params: { filter: { '>ID': 1 } }, userId: 1, status: 200 })
    expect(replays[8]).toMatchObject({ name: 'cut-connections', settings: { userId: 2 } })
  })

  it('is nothing with a secret in it, and nothing that is under way', async () => {
    const { entries, faults } = await play()
    const call = entries.find(({ title }) => title === 'crm.deal.list')!
    expect(replayOf({ ...call, isPending: true }, faults).why).toContain('not ended')
    expect(replayOf({ ...call, details: { params: { token: '•••' } } }, faults).why).toContain('masked')
    expect(replayOf({ ...call, details: { params: {}, result: { token: '•••' } } }, faults).why).toBeNull()
    expect(replayOf({ ...call, source: 'bridge' }, faults).why).toContain('Only')
  })
})

describe('a row copied as a test', () => {
  it('is a test that compiles, and passes', async () => {
    const { entries, faults } = await play()
    const dir = join(root, '.packed/snippets')
    rmSync(dir, { recursive: true, force: true })
    mkdirSync(dir, { recursive: true })
    const snippets = entries.flatMap(entry => replayOf(entry, faults).replay ?? []).map(testSnippet)
    for (const [n, snippet] of snippets.entries()) writeFileSync(join(dir, `snippet-${n}.test.ts`), snippet)
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { types: ['node'] }, include: ['./*'], exclude: [] }))
    const compiled = await runTool('vue-tsc', ['--noEmit', '-p', dir], { cwd: root })
    expect(compiled.stdout).toBe('')

    writeFileSync(join(dir, 'vitest.config.ts'), `export default { test: { include: ['*.test.ts'], testTimeout: 60_000 }, resolve: { alias: {
      'nuxt-b24-pull/portal': ${JSON.stringify(join(root, 'src/portal/index.ts'))},
      'nuxt-b24-pull/testing': ${JSON.stringify(join(root, 'src/testing/index.ts'))},
    } } }\n`)
    const { status, stdout, stderr } = await runTool('vitest', ['run', '--root', dir, '--config', join(dir, 'vitest.config.ts')], { cwd: dir })
    expect(`${stdout}${stderr}`).toContain(`${snippets.length} passed`)
    expect(status).toBe(0)
  })
})
