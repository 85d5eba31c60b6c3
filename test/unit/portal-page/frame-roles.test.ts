import { expect, it } from 'vitest'
import { rolesOf } from '../../../src/portal/page/src/connections/frame-roles'
import type { PortalConnection, PortalFrame } from '../../../src/portal/types'

const frame = (id: string, userId = 1) => ({ id, userId }) as PortalFrame
const connection = (frameIds: string[], userId = 1) => ({ id: frameIds.join('-'), userId, frameIds }) as PortalConnection
const roles = (frames: PortalFrame[], connections: PortalConnection[]) => rolesOf(frames, connections).map(({ role }) => role)

it.each([
  ['the one that holds the connection of several leads', [frame('a'), frame('b'), frame('c')], [connection(['b'])], ['follower', 'leader', 'follower']],
  ['each that holds its own leads nobody', [frame('a'), frame('b')], [connection(['a']), connection(['b'])], ['own', 'own']],
  ['a frame alone has its own', [frame('a')], [connection(['a'])], ['own']],
  ['where several may hold it, none is said to lead', [frame('a'), frame('b'), frame('c')], [connection(['a', 'b'])], ['perhaps', 'perhaps', 'follower']],
  ['nobody follows the connection of another person', [frame('a'), frame('b', 2)], [connection(['a'])], ['own', 'none']],
  ['nor one that is no frame\'s', [frame('a')], [connection([])], ['none']],
])('%s', (_what, frames, connections, expected) => {
  expect(roles(frames, connections)).toEqual(expected)
})
