import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { holdPort } from '../../src/hold-port'
import { freePort } from '../support/ports'

async function hold(preferred: number) {
  const held = await holdPort(preferred)
  onTestFinished(() => void held.release())
  return held
}

describe('a port that is held', () => {
  it('is nobody else\'s until it is released, and then the same one again', async () => {
    const preferred = await freePort('dev-portal')
    const held = await hold(preferred)
    expect(held.port).toBe(preferred)
    expect((await hold(preferred)).port).toBeGreaterThan(preferred)
    await held.release()
    expect((await hold(preferred)).port).toBe(preferred)
  })

  it('is released although somebody knocks', async () => {
    const held = await hold(await freePort('dev-portal'))
    const socket = connect(held.port, '127.0.0.1').on('error', () => {})
    onTestFinished(() => void socket.destroy())
    await once(socket, 'close')
    await held.release()
  })
})
