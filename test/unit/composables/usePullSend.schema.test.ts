// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'

const commands = {
  application: {
    ping: z.object({ id: z.number() }),
    planned: z.object({ at: z.iso.datetime().transform(text => new Date(text)) }),
    slow: z.object({ id: z.number().refine(async id => id > 0, 'must be positive') }),
  },
}

function useSend(module?: string) {
  return useInComponent(() => usePullSend(module), createTestPull({ commands }))
}

describe('sendAsync() of a command with a schema', () => {
  it('sends what matches', async () => {
    const { result, pull } = useSend()
    await result.sendAsync('ping', { id: 1 })
    expect(pull.connection.calls).toHaveLength(1)
  })

  it('refuses what does not, says why and sends nothing', async () => {
    const { result, pull } = useSend()
    const error = await result.sendAsync('ping', { id: 'one' }).catch(problem => problem)
    expect(error).toMatchObject({
      code: 'SCHEMA_MISMATCH',
      message: expect.stringContaining('The params of \'application\' / \'ping\' do not match their schema: id: '),
      fix: expect.stringContaining('Nothing was sent.'),
      issues: [{ message: expect.any(String), path: ['id'] }],
    })
    expect(result.error.value).toBe(error)
    expect(pull.connection.calls).toEqual([])
  })

  it('finds the schema whatever the case of the module', async () => {
    await expect(useSend('Application').result.sendAsync('ping', {})).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
  })

  it('sends what it was given and not what the schema makes of it: receivers validate, too', async () => {
    const { result, pull } = useSend()
    const at = '2026-01-02T03:04:05Z'
    await result.sendAsync('planned', { at })
    expect(pull.connection.calls[0]?.params.PARAMS).toMatchObject({ at })
  })

  it('checks params as JSON carries them', async () => {
    const { result, pull } = useSend()
    await result.sendAsync('planned', { at: new Date('2026-01-02T03:04:05Z') })
    expect(pull.connection.calls[0]?.params.PARAMS).toMatchObject({ at: '2026-01-02T03:04:05.000Z' })
    await expect(result.sendAsync('ping', { id: new Date(0) })).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH' })
  })

  it('waits for an asynchronous schema', async () => {
    const { result, pull } = useSend()
    await expect(result.sendAsync('slow', { id: 0 })).rejects.toMatchObject({ code: 'SCHEMA_MISMATCH', issues: [{ message: 'must be positive', path: ['id'] }] })
    await result.sendAsync('slow', { id: 1 })
    expect(pull.connection.calls).toHaveLength(1)
  })
})

describe('sendAsync() of a command without one', () => {
  it.each(['other', 'constructor', '__proto__'])('sends %s with any params', async (command) => {
    const { result, pull } = useSend()
    await result.sendAsync(command, { any: 'thing' })
    expect(pull.connection.calls).toHaveLength(1)
  })

  it('tells of a wrong module as ever', async () => {
    await expect(useSend(5 as never).result.sendAsync('ping', {})).rejects.toMatchObject({ code: 'MODULE_ID_ERROR' })
  })
})
