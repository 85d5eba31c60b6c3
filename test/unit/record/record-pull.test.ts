// @vitest-environment happy-dom
import { defineComponent, h } from 'vue'
import { mount } from '@vue/test-utils'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { recordPull } from '../../../src/record'
import { createRecordingPlayer } from '../../../src/runtime/recording/play-recording'
import { readRecording } from '../../../src/runtime/recording/read-recording'
import { notReady } from '../../../src/runtime/app/client/problems'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import type { PullMessage } from '../../../src/runtime/types'
import { createTestingPull } from '../../../src/testing'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'

const TOKEN = '0123456789abcdef0123456789abcdef'

/** A pull that went through something, and the recording of it. */
async function recordSomething() {
  const pull = createTestPull()
  const recording = recordPull(pull.context.pull)
  const { result } = useInComponent(() => usePullSend(), pull)
  pull.connection.receive({ module: 'crm', command: 'deal.saved', params: { id: 7, access_token: TOKEN }, extra: { server_time_unix: 1 } })
  pull.connection.receive({ module: 'application', command: 'chat', params: { text: 'hello' }, type: 'client', source: 'poll' })
  await result.sendAsync('ping', { id: 1 }, { userId: 3 })
  pull.connection.step({ type: 'lost', reason: notReady(), attempt: 2, nextRetryAt: Date.now() + 45_000 })
  pull.connection.reportGap({ cause: 'no-id', from: 1, to: 2 })
  return { pull, recording, text: recording.stop() }
}

describe('recordPull', () => {
  it('writes messages, sends, statuses and gaps, one a line, without secrets', async () => {
    const { text } = await recordSomething()
    const { header, entries } = readRecording(text)
    expect(header).toMatchObject({ kind: 'recording', version: 1, status: 'connected', dropped: 0 })
    expect(entries.map(({ kind }) => kind)).toEqual(['message', 'message', 'sent', 'status', 'gap'])
    expect(entries[0]).toMatchObject({ module: 'crm', command: 'deal.saved', params: { id: 7, access_token: '***' }, extra: { server_time_unix: 1 }, type: 'server', source: 'test' })
    expect(entries[2]).toMatchObject({ module: 'application', command: 'ping', params: { id: 1 }, userId: 3, error: null })
    expect(text).not.toContain(TOKEN)
    expect(text).not.toContain('__b24Pull')
  })

  it('hears nothing after its end, and answers the same', async () => {
    const { pull, recording, text } = await recordSomething()
    pull.connection.receive({ module: 'crm', command: 'late', params: {} })
    expect(recording.stop()).toBe(text)
  })

  it('lets the oldest go where there are too many, and says so', () => {
    const pull = createTestPull()
    const recording = recordPull(pull.context.pull, { limit: 2 })
    for (const n of [1, 2, 3]) pull.connection.receive({ module: 'crm', command: 'deal.saved', params: { n } })
    const { header, entries } = readRecording(recording.stop())
    expect(header.dropped).toBe(1)
    expect(entries).toMatchObject([{ params: { n: 2 } }, { params: { n: 3 } }])
  })
})

describe('a recording that is played', () => {
  /** A component that keeps what it hears, in a testing pull with the recording. */
  function listen(recording: string) {
    const testing = createTestingPull({ recording })
    const heard: PullMessage[] = []
    const wrapper = mount(defineComponent(() => {
      usePullCommand('*', '*', (_params, message) => void heard.push(message as PullMessage))
      usePullCommand('*', '*', (_params, message) => void heard.push(message as PullMessage), { type: 'client' })
      return () => h('i')
    }), { global: { plugins: [testing] } })
    onTestFinished(() => wrapper.unmount())
    return { testing, heard }
  }

  it('is the same again, field by field', async () => {
    const { pull, text } = await recordSomething()
    const { testing, heard } = listen(text)
    await testing.recording.play({ speed: Infinity })
    expect(heard).toEqual(pull.told.messages.map(message => message.command === 'deal.saved' ? { ...message, params: { id: 7, access_token: '***' } } : message))
    expect(testing.recording.left).toEqual([])
    expect(testing.pull.status.value).toBe(pull.context.pull.status.value)
    expect(testing.pull.reason.value?.code).toBe('NOT_READY')
    expect(testing.pull.attempt.value).toBe(2)
    expect(testing.pull.nextRetryAt.value).toBeGreaterThan(Date.now() + 40_000)
  })

  it('goes step by step, and tells of what the app had sent', async () => {
    const { text } = await recordSomething()
    const { testing, heard } = listen(text)
    expect(testing.recording.next()).toMatchObject({ kind: 'message', command: 'deal.saved' })
    expect(heard).toHaveLength(1)
    testing.recording.next()
    expect(testing.recording.next()).toMatchObject({ kind: 'sent', command: 'ping', userId: 3 })
    expect(testing.recording.left.map(({ kind }) => kind)).toEqual(['status', 'gap'])
  })

  it('takes its own time, or a part of it', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const line = (at: number, n: number) => JSON.stringify({ at, kind: 'message', module: 'crm', command: 'deal.saved', params: { n }, extra: {}, type: 'server', receivedAt: 1, source: 'push' })
    const text = [JSON.stringify({ kind: 'recording', version: 1, startedAt: 1, status: 'connected', userId: 1, dropped: 0 }), line(0, 1), line(1000, 2), line(3000, 3)].join('\n')
    const { testing, heard } = listen(text)
    void testing.recording.play({ speed: 2 })
    await vi.advanceTimersByTimeAsync(499)
    expect(heard).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(heard).toHaveLength(2)
    testing.recording.stop()
    await vi.advanceTimersByTimeAsync(5000)
    expect(heard).toHaveLength(2)
    void testing.recording.play()
    await vi.advanceTimersByTimeAsync(2000)
    expect(heard.map(({ params }) => params.n)).toEqual([1, 2, 3])
  })

  it('is refused where it is none', () => {
    expect(() => createTestingPull({ recording: 'hello' })).toThrow(/The recording \(line 1 is no JSON\)/)
    expect(() => createTestingPull({ recording: '{}' })).toThrow(/its first line is no header/)
  })

  it.each([
    ['has no `at`', { kind: 'gap', from: 1, to: 2 }],
    ['has a `reason` without a `code`', { at: 1, kind: 'status', status: 'reconnecting', reason: { message: 'Lost.' }, attempt: 1, retryIn: null }],
    ['has a `reason` without a `code`', { at: 1, kind: 'status', status: 'reconnecting', reason: 'lost', attempt: 1, retryIn: null }],
    ['has an `extra` that is no object', { at: 1, kind: 'message', module: 'crm', command: 'deal.saved', extra: null }],
    ['has a `to` that is no list', { at: 1, kind: 'message', module: 'crm', command: 'deal.saved', to: 2 }],
  ])('is refused where a line, which is named as an editor counts, %s', (problem, line) => {
    const text = [JSON.stringify({ kind: 'recording', version: 1, startedAt: 1, status: 'connected', userId: 1, dropped: 0 }), '', JSON.stringify(line)].join('\n')
    expect(() => createTestingPull({ recording: text })).toThrow(`The recording (line 3 ${problem}) is '{`)
  })

  it('plays where it was written by hand, with no more than a message needs', async () => {
    const text = [JSON.stringify({ kind: 'recording', version: 1 }), JSON.stringify({ at: 0, kind: 'message', module: 'crm', command: 'deal.saved' })].join('\n')
    const { testing, heard } = listen(text)
    await testing.recording.play()
    expect(heard).toMatchObject([{ module: 'crm', command: 'deal.saved', params: {}, extra: {}, type: 'server' }])
  })

  it('plays where an editor has written it anew, with the mark of its encoding and line ends of Windows', async () => {
    const text = `\uFEFF${[JSON.stringify({ kind: 'recording', version: 1 }), JSON.stringify({ at: 0, kind: 'message', module: 'crm', command: 'deal.saved' }), ''].join('\r\n')}`
    const { testing, heard } = listen(text)
    await testing.recording.play()
    expect(heard).toHaveLength(1)
  })

  it('takes its own time also where nothing came for longer than a timer can wait', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const played: number[] = []
    const month = 31 * 24 * 3_600_000
    const player = createRecordingPlayer([0, month].map(at => ({ at, kind: 'gap', cause: 'no-id', from: 0, to: at })), ({ at }) => void played.push(at))
    void player.play({ speed: 0.5 })
    await vi.advanceTimersByTimeAsync(2 * month - 1)
    expect(played).toEqual([0])
    await vi.advanceTimersByTimeAsync(1)
    expect(played).toEqual([0, month])
  })

  it.each([0, -1, Number.NaN])('is refused a speed of %d', async (speed) => {
    const { testing } = listen(JSON.stringify({ kind: 'recording', version: 1 }))
    await expect(testing.recording.play({ speed })).rejects.toThrow(`The option \`speed\` of play() is ${speed}.`)
  })

  it.each([1, Infinity])('may be stopped by what it plays, at speed %d', async (speed) => {
    const played: number[] = []
    const player = createRecordingPlayer([0, 0, 1].map((at, to) => ({ at, kind: 'gap', cause: 'no-id', from: 0, to })), (entry) => {
      played.push((entry as { to: number }).to)
      if (played.length === 1) player.stop()
    })
    await player.play({ speed })
    expect(played).toEqual([0])
    await player.play({ speed })
    expect(played).toEqual([0, 1, 2])
  })

  it('tells whoever plays it of an entry that cannot be played, and goes on after it', async () => {
    const played: number[] = []
    const player = createRecordingPlayer([0, 1, 2].map(at => ({ at, kind: 'gap', cause: 'no-id', from: 0, to: at })), ({ at }) => {
      if (at === 1) throw new Error('the disk is full')
      played.push(at)
    })
    await expect(player.play({ speed: Infinity })).rejects.toThrow('the disk is full')
    expect(player.left).toHaveLength(1)
    await player.play({ speed: Infinity })
    expect(played).toEqual([0, 2])
  })
})
