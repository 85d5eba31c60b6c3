import type { Frame } from 'playwright-core'
import { expect, it } from 'vitest'
import { framesForFile } from '../support/frames-for-file'
import { inFrame, rolesOf } from '../support/shared-frames'

const site = framesForFile()

const commands = (frame: Frame) => inFrame(frame, ({ recorded }) => recorded.messages.map(({ command }) => command))

it('keeps two portals of one site apart', async () => {
  const [one, other] = [await site.open({ count: 1 }), await site.open({ count: 1 })]
  for (const shared of [one, other]) {
    await shared.openTab()
    await shared.startAll(shared.frames())
  }
  const frames = [...one.frames(), ...other.frames()]
  expect(await rolesOf(frames)).toEqual(['leader', 'leader'])
  one.portal.emit({ module: 'application', command: 'of-one' })
  other.portal.emit({ module: 'application', command: 'of-other' })
  await expect.poll(() => commands(frames[0]!)).toEqual(['of-one'])
  await expect.poll(() => commands(frames[1]!)).toEqual(['of-other'])
  await one.close()
  await other.close()
})

it('keeps two users of one portal apart', async () => {
  const shared = await site.open({ count: 1 })
  shared.portal.openFrame({ userId: 2 })
  await shared.openTab()
  await shared.startAll(shared.frames())
  const frames = shared.frames()
  expect(await rolesOf(frames)).toEqual(['leader', 'leader'])
  expect(shared.portal.connections).toHaveLength(2)
  shared.portal.emit({ module: 'application', command: 'for-two', userId: 2 })
  shared.portal.emit({ module: 'application', command: 'for-all' })
  const users = await Promise.all(frames.map(frame => inFrame(frame, ({ connection }) => connection.session.userId)))
  for (const [i, frame] of frames.entries()) await expect.poll(() => commands(frame)).toEqual(users[i] === 2 ? ['for-two', 'for-all'] : ['for-all'])
  await shared.close()
})

it('keeps two apps of one origin apart', async () => {
  let code = 'app.one'
  const shared = await site.open({ rest: { 'app.info': () => ({ ID: 1, CODE: code }) } })
  await shared.openTab()
  const frames = shared.frames()
  await shared.startAll([frames[0]!])
  code = 'app.two'
  await shared.startAll([frames[1]!])
  expect(await rolesOf(frames)).toEqual(['leader', 'leader'])
  await shared.close()
})

it('keeps two versions of the wire apart, and what the other says on its own channel', async () => {
  const shared = await site.open()
  await shared.openTab()
  const frames = shared.frames()
  await shared.startAll([frames[0]!])
  await frames[0]!.evaluate(async () => {
    const { held } = await navigator.locks.query()
    const name = held!.find(lock => lock.name!.startsWith('b24-pull/1/'))!.name!.replace('/1/', '/2/')
    void navigator.locks.request(name, () => new Promise(() => {}))
    new BroadcastChannel(name).postMessage({ kind: 'lead', epoch: 'of another version' })
  })
  await shared.startAll([frames[1]!])
  expect(await rolesOf(frames)).toEqual(['leader', 'follower'])
  expect(shared.portal.connections).toHaveLength(1)
  await shared.close()
})

it('has a connection of its own where it is told not to share', async () => {
  const shared = await site.open({ query: 'alone' })
  await shared.openTab()
  await shared.startAll(shared.frames())
  expect(await rolesOf(shared.frames())).toEqual(['solo', 'solo'])
  expect(shared.portal.connections).toHaveLength(2)
  await shared.close()
})

it.each([
  ['one after the other', false],
  ['at once', true],
])('has one socket, and one round trip for each of ten frames, opened %s', async (_, isAtOnce) => {
  const shared = await site.open({ count: 10 })
  await shared.openTab()
  const frames = shared.frames()
  if (isAtOnce) await Promise.all(frames.map(frame => inFrame(frame, ({ connection }) => connection.start())))
  else await shared.startAll(frames)
  await shared.leader()
  const methods = shared.portal.requests.map(({ method }) => method)
  const count = (wanted: string) => methods.filter(method => method === wanted).length
  expect(count('batch')).toBe(10)
  expect(shared.portal.connections).toHaveLength(1)
  // At once, each that asks before the first has its lock brings a configuration of its own.
  if (isAtOnce) console.info(`ten frames at once: ${count('pull.application.config.get')} configurations`)
  else expect(count('pull.application.config.get')).toBe(1)
  await shared.close()
})
