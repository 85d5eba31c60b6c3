import { describe, expect, it } from 'vitest'
import { createPosition } from '../../../../src/runtime/app/client/shared/position'
import { RecentIds } from '../../../../src/runtime/app/client/wire/recent-ids'

const identity = { server: '5 push.example', channels: 'c1' }
const place = (lastId: string | null, change: Partial<typeof identity> = {}) => ({ identity: { ...identity, ...change }, lastId, tag: null, time: null, from: 1_000 })
const change = { tag: null, time: null, from: 2_000 }

/** A follower of the leader `one` that has heard these messages. */
function follower(ids: string[], lastId: string | null = 'm0') {
  const position = createPosition(new RecentIds())
  position.takeState('one', 0, place(lastId), [])
  ids.forEach((id, i) => position.takeMessage('one', i + 1, id, change))
  return position
}

describe('the position of a frame', () => {
  it('is nowhere at first', () => {
    expect(createPosition(new RecentIds())).toMatchObject({ place: null, epoch: null, n: 0 })
  })

  it('is taken over from the leader by a newcomer, who misses nothing', () => {
    const position = createPosition(new RecentIds())
    expect(position.takeState('one', 7, place('m7'), [])).toBeNull()
    expect(position).toMatchObject({ epoch: 'one', n: 7, place: place('m7') })
  })

  it('moves on with each message', () => {
    const position = follower(['m1', 'm2'])
    expect(position).toMatchObject({ n: 2, place: { lastId: 'm2', from: 2_000 } })
  })

  it('stays at the last id with a message that has none', () => {
    const position = follower(['m1'])
    expect(position.takeMessage('one', 2, null, change)).toEqual({ isNew: true, missed: null })
    expect(position).toMatchObject({ n: 2, place: { lastId: 'm1' } })
  })

  it('knows a message that has been here, by its id or by its number', () => {
    const position = follower(['m1', 'm2'])
    expect(position.takeMessage('one', 2, 'm2', change).isNew).toBe(false)
    expect(position.takeMessage('one', 3, 'm1', change).isNew).toBe(false)
    expect(position.takeMessage('one', 3, null, change).isNew).toBe(false)
  })

  it('takes nothing of another epoch', () => {
    expect(follower([]).takeMessage('two', 1, 'm1', change)).toEqual({ isNew: false, missed: null })
  })

  it('misses something where the numbers jump', () => {
    expect(follower(['m1']).takeMessage('one', 3, 'm3', change)).toEqual({ isNew: true, missed: 'handed-over' })
    expect(follower(['m1']).takeState('one', 2, place('m2'), [])).toBe('handed-over')
  })

  it('keeps its window under every leader', () => {
    const position = follower(['m1', 'm2'])
    expect(position.takeLead('two', 'm2')).toBeNull()
    expect(position.takeMessage('two', 1, 'm1', change).isNew).toBe(false)
    expect(position.takeMessage('two', 2, 'm3', change)).toEqual({ isNew: true, missed: null })
  })

  describe('ahead of a new leader', () => {
    it('drops what it knows until its last message has passed, also what has no id', () => {
      const position = follower(['m1', 'm2', 'm3'])
      expect(position.takeLead('two', 'm1')).toBeNull()
      const taken = ['m2', null, 'm3', null, 'm4'].map((id, i) => position.takeMessage('two', i + 1, id, change).isNew)
      expect(taken).toEqual([false, false, false, true, true])
    })

    it('goes on with the first message it does not know, where its last one never comes', () => {
      const position = follower(['m1', 'm2', 'm3'])
      position.takeLead('two', 'm1')
      expect(position.takeMessage('two', 1, 'm4', change)).toEqual({ isNew: true, missed: null })
      expect(position.takeMessage('two', 2, null, change).isNew).toBe(true)
    })

    it('goes on at once where it is known that messages were lost', () => {
      const position = follower(['m1', 'm2', 'm3'])
      position.takeLead('two', 'm1')
      position.giveUp()
      expect(position.takeMessage('two', 1, null, change).isNew).toBe(true)
    })

    it('stays where it is while the leader tells where that stands', () => {
      const position = follower(['m1', 'm2', 'm3'])
      position.takeLead('two', 'm1')
      position.takeState('two', 0, place('m1'), [])
      expect(position.place?.lastId).toBe('m3')
    })

    it('misses what is beyond its last message and jumped over', () => {
      const position = follower(['m1', 'm2', 'm3'])
      position.takeLead('two', 'm1')
      expect(position.takeMessage('two', 5, 'm6', change)).toEqual({ isNew: true, missed: 'handed-over' })
    })
  })

  it.each([
    ['has heard a message that never came here', 'm9'],
    ['knows no message', null],
  ])('is behind a new leader that %s', (_, lastId) => {
    expect(follower(['m1']).takeLead('two', lastId)).toBe('handed-over')
  })

  it('misses nothing where neither has had a message yet', () => {
    expect(follower([], null).takeLead('two', null)).toBeNull()
  })

  it('is behind a new leader that has had a first message where this frame had none', () => {
    expect(follower([], null).takeLead('two', 'm1')).toBe('handed-over')
  })

  describe('back from where nothing could be heard', () => {
    function away() {
      const position = follower(['m1', 'm2'])
      position.leave()
      return position
    }

    it('misses nothing where the last message is still the last, under whichever leader', () => {
      expect(away().takeState('one', 9, place('m2'), [])).toBeNull()
      expect(away().takeState('two', 9, place('m2'), [])).toBeNull()
    })

    it('misses something where the leader has heard more, and goes on from there', () => {
      const position = away()
      expect(position.takeState('one', 9, place('m5'), [])).toBe('handed-over')
      expect(position.place?.lastId).toBe('m5')
      expect(position.takeMessage('one', 10, 'm6', change)).toEqual({ isNew: true, missed: null })
    })

    it.each([
      ['server-changed', { server: '4 other.example' }],
      ['channel-changed', { channels: 'c2' }],
    ])('tells the cause %s', (cause, other) => {
      expect(away().takeState('two', 0, place('x1', other), [])).toBe(cause)
    })
  })

  it('takes the id of another channel from the leader, who tells of the gap itself', () => {
    const position = follower(['m1'])
    expect(position.takeState('one', 1, place(null, { channels: 'c2' }), [])).toBeNull()
    expect(position.place).toEqual(place(null, { channels: 'c2' }))
  })

  describe('of the leader', () => {
    it('counts from the first message of its epoch', () => {
      const position = follower(['m1', 'm2'])
      position.begin('mine')
      expect([position.count('m3'), position.count(null)]).toEqual([1, 2])
      expect(position).toMatchObject({ epoch: 'mine', n: 2, place: { lastId: 'm3' } })
    })

    it('stays at its last message where its connection has had an id of none', () => {
      const position = follower(['m1'])
      position.begin('mine')
      position.moveTo(place('control'))
      expect(position.place?.lastId).toBe('m1')
    })

    it('goes with its connection to other channels', () => {
      const position = follower(['m1'])
      position.begin('mine')
      position.moveTo(place('x1', { channels: 'c2' }))
      expect(position.place?.lastId).toBe('x1')
    })
  })
})
