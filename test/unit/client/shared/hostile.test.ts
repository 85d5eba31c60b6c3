// @vitest-environment happy-dom
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFrameWorld } from '../../../support/frame-world'
import type { WorldFrame } from '../../../support/frame-world'
import { hostileMessages } from '../../../support/hostile-messages'

const COUNT = 100_000

const isCloneable = (value: unknown) => {
  try {
    structuredClone(value)
    return true
  }
  catch {
    return false
  }
}

it(`delivers nothing that no server sent, throws nothing and loses nothing among ${COUNT} hostile messages`, async () => {
  const said: unknown[] = []
  const world = createFrameWorld({ onPost: message => said.push(structuredClone(message)) })
  const frames: WorldFrame[] = []
  for (let i = 0; i < 3; i++) {
    frames.push(world.open())
    frames[i]!.connection.start()
    await world.run()
  }
  let sent = 0
  const send = () => world.emit({ params: { n: ++sent } })
  for (let i = 0; i < 5; i++) send()
  await world.run()
  const repeats = said.filter(message => (message as { kind: string }).kind === 'message')
  expect(repeats).toHaveLength(5)

  const perRound = 1_000
  for (let round = 0; round < COUNT / perRound; round++) {
    for (const data of fc.sample(hostileMessages(repeats), { numRuns: perRound, seed: round })) if (isCloneable(data)) world.inject(data)
    send()
    await world.runFast()
  }

  expect(frames.map(({ connection }) => connection.session.role)).toEqual(['leader', 'follower', 'follower'])
  for (const frame of frames) {
    expect(frame.messages.map(({ params }) => params.n)).toEqual(Array.from({ length: sent }, (_, i) => i + 1))
    expect(frame.gaps).toEqual([])
    expect(frame.connection.state.status).toBe('connected')
  }
  world.close()
})
