import { describe, expect, it, vi } from 'vitest'
import { createHub } from '../../../src/runtime/app/hub/hub'
import type { Hub } from '../../../src/runtime/app/hub/hub'
import type { Subscription } from '../../../src/runtime/app/hub/subscription'
import type { PullMessage } from '../../../src/runtime/types'
import { PATIENCE } from '../../support/patience'

const ping: PullMessage = { module: 'crm', command: 'ping', params: {}, extra: {}, type: 'server', receivedAt: 1, source: 'test' }
const pong: PullMessage = { ...ping, command: 'pong' }

function subscribe(hub: Hub, listener: Subscription['listener'], change: Partial<Subscription> = {}) {
  const listening = hub.subscribe({ type: 'server', module: 'crm', commands: ['ping'], listener, onError: () => {}, ...change })
  return () => listening.leave()
}

/** A hub, and a way to subscribe that notes under a name what is heard. */
function createNotingHub() {
  const hub = createHub()
  const heard: string[] = []
  const note = (name: string, change?: Partial<Subscription>) => subscribe(hub, () => void heard.push(name), change)
  return { hub, heard, note }
}

describe('whom a message reaches', () => {
  it('calls listeners in order of subscription across exact names, lists and asterisks', () => {
    const { hub, heard, note } = createNotingHub()
    note('every', { module: '*', commands: ['*'] })
    note('exact')
    note('every command', { commands: ['*'] })
    note('list', { commands: ['pong', 'ping'] })
    note('exact again')
    note('every module', { module: '*' })
    hub.dispatch(ping)
    expect(heard).toEqual(['every', 'exact', 'every command', 'list', 'exact again', 'every module'])
  })

  it('leaves out listeners of other types, modules and commands', () => {
    const { hub, heard, note } = createNotingHub()
    note('client', { type: 'client' })
    note('other module', { module: 'tasks' })
    note('other command', { commands: ['pong'] })
    hub.dispatch(ping)
    expect(heard).toEqual([])
  })

  it('calls a listener of several commands once per message', () => {
    const { hub, heard, note } = createNotingHub()
    note('both', { commands: ['ping', 'pong'] })
    hub.dispatch(ping)
    hub.dispatch(pong)
    expect(heard).toEqual(['both', 'both'])
  })

  it.each([
    ['module', { ...ping, module: '*' }],
    ['command', { ...ping, command: '*' }],
    ['module and command', { ...ping, module: '*', command: '*' }],
  ])('calls a listener of everything once where the wire says an asterisk as %s', (_, message) => {
    const { hub, heard, note } = createNotingHub()
    note('every', { module: '*', commands: ['*'] })
    note('every command', { commands: ['*'] })
    hub.dispatch(message)
    expect(heard.filter(name => name === 'every')).toHaveLength(1)
    expect(heard.filter(name => name === 'every command').length).toBeLessThanOrEqual(1)
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('treats %s as an ordinary name', (name) => {
    const { hub, heard, note } = createNotingHub()
    hub.dispatch({ ...ping, module: name, command: name })
    note(name, { module: name, commands: [name] })
    hub.dispatch({ ...ping, module: name, command: name })
    expect(heard).toEqual([name])
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('errors', () => {
  it('lets the others hear when one listener throws', () => {
    const { hub, heard, note } = createNotingHub()
    const onError = vi.fn()
    const failure = new Error('mine')
    subscribe(hub, () => {
      throw failure
    }, { onError })
    note('next')
    hub.dispatch(ping)
    expect(heard).toEqual(['next'])
    expect(onError.mock.calls).toEqual([[expect.objectContaining({ code: 'HANDLER_FAILED', cause: failure }), ping]])
  })

  it('tells a rejection to the listener it belongs to, and does not wait for it', async () => {
    const { hub, heard, note } = createNotingHub()
    const onError = vi.fn()
    const failure = new Error('later')
    subscribe(hub, () => Promise.reject(failure), { onError })
    note('next')
    hub.dispatch(ping)
    expect(heard).toEqual(['next'])
    await vi.waitFor(() => expect(onError.mock.calls).toEqual([[expect.objectContaining({ code: 'HANDLER_FAILED', cause: failure }), ping]]), { timeout: PATIENCE })
  })

  it('does not hold up the others for a promise that never settles', () => {
    const { hub, heard, note } = createNotingHub()
    subscribe(hub, () => new Promise(() => {}))
    note('next')
    hub.dispatch(ping)
    hub.dispatch(ping)
    expect(heard).toEqual(['next', 'next'])
  })
})

describe('changes during a dispatch', () => {
  it('does not give the message at hand to a listener that subscribes meanwhile', () => {
    const { hub, heard, note } = createNotingHub()
    const stop = subscribe(hub, () => {
      note('late')
      stop()
    })
    hub.dispatch(ping)
    expect(heard).toEqual([])
    hub.dispatch(ping)
    expect(heard).toEqual(['late'])
  })

  it('still gives the message at hand to a listener that is unsubscribed meanwhile', () => {
    const { hub, heard, note } = createNotingHub()
    subscribe(hub, () => stopLater())
    const stopLater = note('later')
    hub.dispatch(ping)
    expect(heard).toEqual(['later'])
    hub.dispatch(ping)
    expect(heard).toEqual(['later'])
  })

  it('does so across keys, too', () => {
    const { hub, heard, note } = createNotingHub()
    subscribe(hub, () => stopLater(), { module: '*', commands: ['*'] })
    const stopLater = note('later', { commands: ['ping', 'pong'] })
    hub.dispatch(ping)
    hub.dispatch(pong)
    expect(heard).toEqual(['later'])
  })

  it('gives a message that is dispatched from inside a listener to the listeners of that moment', () => {
    const { hub, heard, note } = createNotingHub()
    const stop = subscribe(hub, () => {
      stop()
      hub.dispatch(pong)
    }, { commands: ['*'] })
    note('pong', { commands: ['pong'] })
    hub.dispatch(ping)
    expect(heard).toEqual(['pong'])
  })
})

describe('ending a subscription', () => {
  it('counts the same function twice and ends one at a time', () => {
    const hub = createHub()
    const listener = vi.fn()
    const stopFirst = subscribe(hub, listener)
    subscribe(hub, listener)
    hub.dispatch(ping)
    expect(listener).toHaveBeenCalledTimes(2)
    stopFirst()
    hub.dispatch(ping)
    expect(listener).toHaveBeenCalledTimes(3)
  })

  it('does nothing when it is ended a second time, whoever has come and gone since', () => {
    const { hub, heard, note } = createNotingHub()
    const stopFirst = note('first')
    const stop = note('twice', { commands: ['ping', 'pong'] })
    const stopLast = note('last')
    stop()
    stopFirst()
    stop()
    hub.dispatch(ping)
    hub.dispatch(pong)
    expect(heard).toEqual(['last'])
    stopLast()
    hub.dispatch(ping)
    expect(heard).toEqual(['last'])
    expect(hub.listensTo('server', 'crm')).toBe(false)
    note('new', { commands: ['ping', 'pong'] })
    stop()
    hub.dispatch(ping)
    hub.dispatch(pong)
    expect(heard).toEqual(['last', 'new', 'new'])
  })

  it.each([
    ['the first two', [0, 1], 'cd'],
    ['two in the middle', [1, 2], 'ad'],
    ['the last two', [3, 2], 'ab'],
    ['every other', [0, 2], 'bd'],
  ])('keeps those left and their order after %s', (_, ended, left) => {
    const { hub, heard, note } = createNotingHub()
    const stops = ['a', 'b', 'c', 'd'].map(name => note(name))
    for (const index of ended) stops[index]!()
    note('+')
    hub.dispatch(ping)
    expect(heard.join('')).toBe(`${left}+`)
  })

  it('ends it under all of its commands, and leaves their other listeners', () => {
    const { hub, heard, note } = createNotingHub()
    note('ping')
    const stop = note('both', { commands: ['ping', 'pong'] })
    note('pong', { commands: ['pong'] })
    stop()
    hub.dispatch(ping)
    hub.dispatch(pong)
    expect(heard).toEqual(['ping', 'pong'])
  })

  it('ends it under as many commands as there may be', () => {
    const { hub, note } = createNotingHub()
    const stop = note('all', { commands: Array.from({ length: 100_000 }, (_, n) => `command.${n}`) })
    stop()
    expect(hub.listensTo('server', 'crm')).toBe(false)
  })

  it('forgets a module with its last listener', () => {
    const { hub, note } = createNotingHub()
    const stop = note('list', { commands: ['ping', 'pong'] })
    expect(hub.listensTo('server', 'crm')).toBe(true)
    stop()
    expect(hub.listensTo('server', 'crm')).toBe(false)
  })

  it('says that a listener of every module listens to any of them', () => {
    const { hub, note } = createNotingHub()
    note('every', { module: '*', commands: ['*'] })
    expect(hub.listensTo('server', 'tasks')).toBe(true)
    expect(hub.listensTo('client', 'tasks')).toBe(false)
  })
})
