import { expect, it, vi } from 'vitest'
import { createPresenceRelay, createRemoteWatches, createWatches } from '../../../../src/runtime/app/client/shared/presence'
import type { PullPresence } from '../../../../src/runtime/types'
import { settle } from '../../../support/settle'

const online: PullPresence = { lastSeen: 0, error: null }

/** A connection that can be asked to watch, and what it was asked. */
function source() {
  const watched: number[] = []
  const tells = new Map<number, (presence: PullPresence) => void>()
  const watch = (userId: number, tell: (presence: PullPresence) => void) => {
    watched.push(userId)
    tells.set(userId, tell)
    return () => void watched.splice(watched.indexOf(userId), 1)
  }
  return { watch, watched, tell: (userId: number) => tells.get(userId)?.(online) }
}

it('asks another connection for all who are watched, and the one before for nobody', () => {
  const [one, other] = [source(), source()]
  const watches = createWatches(one.watch)
  watches.watch(1, () => {})
  const end = watches.watch(2, () => {})
  end()
  watches.moveTo(other.watch)
  expect([one.watched, other.watched]).toEqual([[], [1]])
})

it('ends a watch where it is asked now', () => {
  const [one, other] = [source(), source()]
  const watches = createWatches(one.watch)
  const end = watches.watch(1, () => {})
  watches.moveTo(other.watch)
  end()
  end()
  expect(other.watched).toEqual([])
})

it('tells the leader of the changes of one tick together', async () => {
  const post = vi.fn()
  const remote = createRemoteWatches(post)
  remote.tellAll()
  remote.watch(1, () => {})
  remote.watch(2, () => {})()
  remote.watch(3, () => {})
  await settle()
  expect(post.mock.calls).toEqual([[[1, 3], [1, 3]]])
})

it('asks anew for a user whom somebody else comes to watch', async () => {
  const post = vi.fn()
  const remote = createRemoteWatches(post)
  remote.tellAll()
  remote.watch(1, () => {})
  await settle()
  remote.watch(1, () => {})
  await settle()
  expect(post).toHaveBeenLastCalledWith([1], [1])
})

it('asks nobody before there is a leader, who would be asked twice', async () => {
  const post = vi.fn()
  const remote = createRemoteWatches(post)
  remote.watch(1, () => {})
  await settle()
  expect(post).not.toHaveBeenCalled()
  remote.tellAll()
  await settle()
  expect(post.mock.calls).toEqual([[[1], [1]]])
})

it('tells a new leader of all, and the old one at the end of none', async () => {
  const post = vi.fn()
  const remote = createRemoteWatches(post)
  remote.watch(1, () => {})
  remote.tellAll()
  await settle()
  remote.tellAll()
  await settle()
  remote.end()
  expect(post.mock.calls).toEqual([[[1], [1]], [[1], [1]], [[], []]])
})

it('says nothing where nobody watches', async () => {
  const post = vi.fn()
  const remote = createRemoteWatches(post)
  remote.tellAll()
  await settle()
  remote.end()
  expect(post).not.toHaveBeenCalled()
})

it('asks the push server for the users of all frames, and answers the frame that asked', () => {
  const leader = source()
  const told: string[] = []
  const relay = createPresenceRelay(leader.watch, (to, userId) => told.push(`${to} ${userId}`))
  relay.set('a', [1], [1])
  relay.set('b', [2], [2])
  leader.tell(2)
  expect(leader.watched).toEqual([1, 2])
  expect(told).toEqual(['b 2'])
})

it('asks for whom a frame watches no more no longer', () => {
  const leader = source()
  const relay = createPresenceRelay(leader.watch, () => {})
  relay.set('a', [1, 2], [1, 2])
  relay.set('a', [2], [])
  expect(leader.watched).toEqual([2])
  relay.set('a', [], [])
  expect(leader.watched).toEqual([])
})

it('asks anew for whom a frame wants to know again', () => {
  const leader = source()
  const watch = vi.fn(leader.watch)
  const relay = createPresenceRelay(watch, () => {})
  relay.set('a', [1], [1])
  relay.set('a', [1], [1])
  expect(watch).toHaveBeenCalledTimes(2)
  expect(leader.watched).toEqual([1])
})

it('keeps the watches of a hundred frames, those that spoke last', () => {
  const leader = source()
  const relay = createPresenceRelay(leader.watch, () => {})
  for (let i = 1; i <= 101; i++) relay.set(`frame ${i}`, [i], [i])
  expect(leader.watched).toHaveLength(100)
  expect(leader.watched).not.toContain(1)
  relay.end()
  expect(leader.watched).toEqual([])
})
