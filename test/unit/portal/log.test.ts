import { describe, expect, it } from 'vitest'
import { createLog } from '../../../src/portal/log/log'
import { createPortal } from '../../../src/portal'

const note = (title: string) => ({ source: 'portal' as const, direction: 'note' as const, title })

describe('an entry that was begun', () => {
  it('stands where it began, before all that it caused, and is told again when it has ended', async () => {
    const log = createLog()
    const told: [string, number, boolean][] = []
    log.subscribe(event => event.type !== 'cleared' && told.push([event.type, event.entry.id, event.entry.isPending]))
    const entry = log.begin(note('outer'))
    await entry.run(async () => {
      log.add(note('inner'))
      await Promise.resolve()
      const inner = log.begin(note('batch'))
      inner.run(() => log.add(note('innermost')))
      inner.end({})
    })
    log.add(note('other'))
    entry.end({ status: 200, details: { result: 1 } })

    expect(log.entries.map(({ title, causeId, isPending }) => [title, causeId, isPending])).toEqual([
      ['outer', null, false], ['inner', 1, false], ['batch', 1, false], ['innermost', 3, false], ['other', null, false],
    ])
    expect(log.entries[0]).toMatchObject({ status: 200, details: { result: 1 } })
    expect([told[0], told.at(-1)]).toEqual([['added', 1, true], ['changed', 1, false]])
  })

  it('may end after it has been let go', () => {
    const log = createLog()
    const entry = log.begin(note('old'))
    log.clear()
    entry.end({ status: 200 })
    expect(log.entries).toEqual([])
  })

  it('masks what its end brings', () => {
    const log = createLog()
    log.begin(note('call')).end({ title: `by ${'a1'.repeat(20)}`, details: { access_token: 'secret' } })
    expect(log.entries[0]).toMatchObject({ title: 'by •••', details: { access_token: '•••' } })
  })
})

describe('a log that is full', () => {
  it('says how many entries it has let go, until it is emptied', () => {
    const log = createLog()
    for (let n = 0; n < 2_010; n++) log.add(note(String(n)))
    expect([log.dropped, log.entries[0]?.title]).toEqual([10, '10'])
    log.clear()
    expect(log.dropped).toBe(0)
  })
})

describe('a REST call in the log', () => {
  it('says whose it is, and has below it what it caused', async () => {
    const portal = await createPortal({ app: 'http://localhost:3000' })
    const [frame] = portal.frames
    const call = (method: string, body: object) => fetch(`${portal.url}/rest/${method}.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ auth: frame!.fields.AUTH_ID, ...body }),
    })
    await call('batch', { cmd: { a: 'pull.application.event.add?COMMAND=one' } })
    const [batch, add, event] = portal.log
    expect([batch, add, event].map(entry => entry?.title)).toEqual(['batch', 'pull.application.event.add', 'application:one'])
    expect([add?.causeId, event?.causeId]).toEqual([batch?.id, add?.id])
    expect([batch, add].map(entry => [entry?.userId, entry?.frameId])).toEqual([[1, frame!.id], [1, frame!.id]])
    await portal.close()
  })
})
