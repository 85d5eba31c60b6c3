import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createIntake } from '../../../../src/runtime/app/client/wire/intake'

const body = { module_id: 'crm', command: 'ping', params: {}, extra: {} }

const onMessage = vi.fn()
const onTrouble = vi.fn()

describe('createIntake', () => {
  beforeEach(() => {
    vi.clearAllMocks()
  })

  const create = () => createIntake({ onMessage, onTrouble })

  it('hands over a message with its id and keeps it from the SDK', () => {
    expect(create().onMessage(body, 'id')).toBeNull()
    expect(onMessage).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ module: 'crm', command: 'ping' }), 'id')
  })

  it('leaves control commands, and only these, to the SDK', () => {
    expect(create().onMessage({ ...body, module_id: 'PULL', command: 'server_restart' }, null)).toEqual({ module_id: 'pull', command: 'server_restart', params: {} })
    expect(onMessage).not.toHaveBeenCalled()
  })

  it('tells of a control command that it does not know, and keeps it from the SDK', () => {
    expect(create().onMessage({ ...body, module_id: 'pull', command: 'explode' }, null)).toBeNull()
    expect(onTrouble).toHaveBeenCalledExactlyOnceWith('it is an unknown command of the server', expect.stringContaining('dropped'))
  })

  it.each([null, undefined, 5, [], {}, { module_id: 5 }])('reports %j and throws nothing', (raw) => {
    expect(create().onMessage(raw, null)).toBeNull()
    expect(onTrouble).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/^it(?:s| is) /), expect.stringContaining('dropped'))
  })

  it('throws nothing when a listener throws', () => {
    const failure = new Error('listener')
    onMessage.mockImplementationOnce(() => {
      throw failure
    })
    expect(create().onMessage(body, 'id')).toBeNull()
    expect(onTrouble).toHaveBeenCalledExactlyOnceWith('listener', expect.any(String), failure)
  })

  it('says nothing of a presence event that is too old', () => {
    create().onMessage({ ...body, module_id: 'online', extra: { server_time_unix: 1 } }, null)
    expect(onMessage).not.toHaveBeenCalled()
    expect(onTrouble).not.toHaveBeenCalled()
  })

  it('reckons an age by the time of the server', () => {
    const intake = create()
    intake.serverNow = () => Date.now() - 3_600_000
    intake.onMessage({ ...body, module_id: 'online', extra: { server_time_unix: Date.now() / 1000 - 3600 } }, null)
    expect(onMessage).toHaveBeenCalledOnce()
  })

  it('knows a repeat by its id', () => {
    const intake = create()
    expect(intake.isNew('id')).toBe(true)
    expect(intake.isNew('id')).toBe(false)
  })

  it('reports a frame that could not be read', () => {
    create().onUnreadable('it is no JSON')
    expect(onTrouble).toHaveBeenCalledExactlyOnceWith('frame: it is no JSON', expect.stringContaining('it is no JSON'))
  })
})
