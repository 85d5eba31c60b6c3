// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { createRandom } from '../../../support/random'
import { createFrameWorld } from '../../../support/frame-world'
import type { FrameWorld, FrameWorldOptions, WorldFrame } from '../../../support/frame-world'

let opened: FrameWorld

function openWorld(options: FrameWorldOptions = {}): FrameWorld {
  return opened = createFrameWorld(options)
}

afterEach(() => opened.close())

const numbers = (frame: WorldFrame) => frame.messages.map(({ params }) => params.n)
const roles = (frames: WorldFrame[]) => frames.map(({ connection }) => connection.session.role)
const isConnected = ({ connection }: WorldFrame) => connection.state.status === 'connected'

async function openFrames(world: FrameWorld, count: number): Promise<WorldFrame[]> {
  const frames = Array.from({ length: count }, () => world.open())
  for (const { connection } of frames) {
    connection.start()
    await world.run()
  }
  return frames
}

describe('frames that share a connection', () => {
  it('have one that leads, and a connection only there', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 3)
    expect(roles(frames)).toEqual(['leader', 'follower', 'follower'])
    expect(frames.every(isConnected)).toBe(true)
    expect(world.sockets).toBe(1)
  })

  it('have one that leads where all start at once', async () => {
    const world = openWorld({ random: createRandom(1).next })
    const frames = Array.from({ length: 10 }, () => world.open())
    for (const { connection } of frames) connection.start()
    await world.run()
    expect(roles(frames).filter(role => role === 'leader')).toHaveLength(1)
    expect(frames.every(isConnected)).toBe(true)
    expect(world.sockets).toBe(1)
  })

  it('have each a connection of its own where locks are refused', async () => {
    const world = openWorld({ hasLocks: false })
    const frames = await openFrames(world, 2)
    expect(roles(frames)).toEqual(['solo', 'solo'])
    expect(world.sockets).toBe(2)
  })

  it('hear every message once, in order', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 3)
    for (let n = 0; n < 10; n++) world.emit({ params: { n }, hasId: n % 3 > 0 })
    await world.run()
    for (const frame of frames) expect(numbers(frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('go on from the last message when the leader is gone, and are told of no gap', async () => {
    const world = openWorld()
    const [leader, ...others] = await openFrames(world, 3)
    world.emit({ params: { n: 1 } })
    await world.run()
    leader!.kill()
    world.emit({ params: { n: 2 } })
    await world.run()
    expect(roles(others)).toEqual(['leader', 'follower'])
    for (const frame of others) expect([numbers(frame), frame.gaps]).toEqual([[1, 2], []])
  })

  it('are told of a gap when the leader is gone before its first message', async () => {
    const world = openWorld()
    const [leader, ...others] = await openFrames(world, 3)
    leader!.kill()
    await world.run()
    for (const frame of others) expect(frame.gaps).toMatchObject([{ cause: 'no-id' }])
  })

  it('let a newcomer hear what comes from now on, without a gap', async () => {
    const world = openWorld()
    await openFrames(world, 1)
    world.emit({ params: { n: 1 } })
    await world.run()
    const [late] = await openFrames(world, 1)
    world.emit({ params: { n: 2 } })
    await world.run()
    expect([numbers(late!), late!.gaps]).toEqual([[2], []])
  })

  it('stay connected when one of them stops', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 3)
    frames[0]!.connection.stop()
    await world.run()
    expect(frames.map(({ connection }) => connection.state.status)).toEqual(['closed', 'connected', 'connected'])
    expect(roles(frames)).toEqual([null, 'leader', 'follower'])
    frames[2]!.connection.stop()
    await world.run()
    expect(roles(frames)).toEqual([null, 'leader', null])
    expect(world.sockets).toBe(1)
  })

  it('have one leader after the lock was taken from a living one, which loses nothing either', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 3)
    world.emit({ params: { n: 1 } })
    await world.run()
    for (let n = 2; n <= 3; n++) world.emit({ params: { n } })
    frames[2]!.steal()
    for (let n = 4; n <= 6; n++) world.emit({ params: { n } })
    await world.run()
    expect(roles(frames)).toEqual(['follower', 'follower', 'leader'])
    for (const frame of frames) expect([numbers(frame), frame.gaps]).toEqual([[1, 2, 3, 4, 5, 6], []])
    expect(world.sockets).toBe(1)
  })

  it('try for themselves where the leader has failed', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 2)
    frames[0]!.fail({ type: 'failed', reason: { code: 'WRONG_AUTH_TYPE', message: 'm', why: 'w', fix: 'f' } as never })
    await world.run()
    expect(frames.map(({ connection }) => connection.state.status)).toEqual(['failed', 'connected'])
    expect(roles(frames)).toEqual([null, 'leader'])
  })

  it('change the leader where its token cannot be renewed', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 3)
    const expired = { code: 'AUTH_EXPIRED', message: 'm', why: 'w', fix: 'f' } as never
    for (let attempt = 1; attempt <= 3; attempt++) frames[0]!.fail({ type: 'lost', reason: expired, attempt, nextRetryAt: 0 })
    await world.run()
    expect(roles(frames)).toEqual(['follower', 'leader', 'follower'])
  })

  it('hear of a gap that the leader\'s connection had', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 2)
    world.emit({ params: { n: 1 } })
    await world.run()
    world.changeChannel()
    world.cut()
    await world.run()
    for (const frame of frames) expect(frame.gaps).toMatchObject([{ cause: 'channel-changed' }])
    world.emit({ params: { n: 2 } })
    await world.run()
    for (const frame of frames) expect(numbers(frame)).toEqual([1, 2])
  })

  it('change nothing of a message that another one got', async () => {
    const world = openWorld()
    const frames = await openFrames(world, 2)
    world.emit({ params: { n: 1, deep: { list: [1] } } })
    await world.run()
    expect(frames[1]!.messages).toEqual(frames[0]!.messages)
    expect(frames[1]!.messages[0]!.params).not.toBe(frames[0]!.messages[0]!.params)
  })
})

describe('in whatever order things happen', () => {
  /** Frames come, go without a word, stop, and take the lock; sockets are cut; messages come all the time. */
  it.each(Array.from({ length: 150 }, (_, seed) => seed + 1))('no frame loses a message, gets one twice or out of order (seed %i)', async (seed) => {
    const random = createRandom(seed)
    const world = openWorld({ random: random.next })
    let sent = 0
    const send = () => world.emit({ params: { n: ++sent } })
    const all: WorldFrame[] = []
    const living = () => all.filter(({ isAlive, connection }) => isAlive && connection.state.status !== 'closed')
    const enter = () => {
      const frame = world.open()
      all.push(frame)
      frame.connection.start()
    }
    enter()
    await world.run()
    // Before the first message there is no place to go on from.
    send()
    await world.run()

    for (let i = 0; i < 80; i++) {
      const kind = random.below(20)
      if (kind < 8) send()
      else if (kind === 8 && living().length < 6) enter()
      else if (kind === 9 && living().length > 2) random.pick(living()).kill()
      else if (kind === 10 && living().length > 2) random.pick(living()).connection.stop()
      else if (kind === 11) living().find(({ connection }) => connection.session.role === 'follower')?.steal()
      else if (kind === 12) world.cut()
      for (let steps = random.below(12); steps--;) await world.step()
    }
    await world.run()
    send()
    await world.run()

    const now = living()
    expect(roles(now).filter(role => role === 'leader')).toHaveLength(1)
    expect(world.sockets).toBe(1)
    for (const frame of now) {
      const heard = numbers(frame) as number[]
      expect(heard.at(-1)).toBe(sent)
      const holes = heard.filter((n, i) => i > 0 && n !== heard[i - 1]! + 1)
      if (!frame.gaps.length) expect(holes).toEqual([])
      expect(heard).toEqual([...new Set(heard)].sort((a, b) => a - b))
    }
  })

  it.each(Array.from({ length: 100 }, (_, seed) => seed + 1))('leaders go and newcomers come, and nobody is told of a gap that was none (seed %i)', async (seed) => {
    const random = createRandom(seed)
    const world = openWorld({ random: random.next })
    let sent = 0
    const send = () => world.emit({ params: { n: ++sent } })
    const [first, ...others] = await openFrames(world, 3)
    let living = [first!, ...others]
    send()
    await world.run()
    for (let deaths = 0; deaths < 6; deaths++) {
      for (let i = random.below(5); i--;) send()
      for (let steps = random.below(30); steps--;) await world.step()
      const leader = living.find(({ connection }) => connection.session.role === 'leader') ?? living[0]!
      if (random.chance(0.5)) leader.kill()
      else leader.connection.stop()
      living = living.filter(frame => frame !== leader)
      for (let i = random.below(5); i--;) send()
      await world.run()
      living.push(...await openFrames(world, 1))
    }
    send()
    await world.run()
    for (const frame of living) {
      const heard = numbers(frame) as number[]
      expect(frame.gaps).toEqual([])
      expect(heard).toEqual(Array.from({ length: heard.length }, (_, i) => sent - heard.length + 1 + i))
    }
  })
})
