import { describe, expect, it } from 'vitest'
import { RecentIds } from '../../../../src/runtime/app/client/wire/recent-ids'

describe('RecentIds', () => {
  it('knows an id that it has had', () => {
    const ids = new RecentIds()
    expect(ids.add('a')).toBe(true)
    expect(ids.add('a')).toBe(false)
  })

  it('takes a number and its text for the same id', () => {
    const ids = new RecentIds()
    ids.add(7)
    expect(ids.add('7')).toBe(false)
  })

  it.each([undefined, null, {}, [], true])('never takes a message with the id %j for a repeat', (id) => {
    const ids = new RecentIds()
    ids.add(id)
    expect(ids.add(id)).toBe(true)
  })

  it('knows the __proto__ as well as any other', () => {
    const ids = new RecentIds()
    expect(ids.add('__proto__')).toBe(true)
    expect(ids.add('__proto__')).toBe(false)
  })

  it('knows the last 1,000 and forgets older ones', () => {
    const ids = new RecentIds()
    for (let id = 0; id < 1001; id++) ids.add(id)
    expect(ids.add(1)).toBe(false)
    expect(ids.add(0)).toBe(true)
  })
})
