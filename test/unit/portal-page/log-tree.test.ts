import { describe, expect, it } from 'vitest'
import { linesOf } from '../../../src/portal/page/src/log/log-tree'
import type { LogFilter } from '../../../src/portal/page/src/log/log-tree'
import type { LogEntry } from '../../../src/portal/types'

const all: LogFilter = { sources: [], onlyProblems: false, text: '', userId: null, frameId: null }

function entry(id: number, change: Partial<LogEntry> = {}): LogEntry {
  return {
    id, time: id, source: 'rest', direction: 'in', level: 'info', title: `e${id}`, userId: null, frameId: null, connectionId: null,
    causeId: null, isPending: false, status: null, durationMs: null, details: null, ...change,
  }
}

const shown = (entries: LogEntry[], filter: Partial<LogFilter> = {}) => linesOf(entries, { ...all, ...filter }).map(({ entry, depth }) => `${' '.repeat(depth)}${entry.id}`)

describe('the lines of the log', () => {
  const entries = [
    entry(1, { title: 'batch', userId: 1, frameId: 'frame-1' }),
    entry(2, { causeId: 1, title: 'pull.application.event.add', userId: 1, frameId: 'frame-1' }),
    entry(3, { causeId: 2, source: 'push', level: 'warn', details: { deal: 4711 } }),
    entry(4, { causeId: 1 }),
    entry(5, { userId: 2, frameId: 'frame-2' }),
  ]

  it('stand newest first, and below each stands what it caused, as it happened', () => {
    expect(shown(entries)).toEqual(['5', '1', ' 2', '  3', ' 4'])
  })

  it('stand below the next cause that is shown, or on their own', () => {
    expect(shown(entries, { text: '4711' })).toEqual(['3'])
    expect(shown(entries.filter(({ id }) => id !== 1))).toEqual(['5', '4', '2', ' 3'])
    expect(shown([entry(1, { level: 'warn' }), entry(2, { causeId: 1 }), entry(3, { causeId: 2, level: 'error' })], { onlyProblems: true })).toEqual(['1', ' 3'])
  })

  it.each([
    [{ sources: ['push'] }, ['3']],
    [{ onlyProblems: true }, ['3']],
    [{ userId: 2 }, ['5']],
    [{ frameId: 'frame-1' }, ['1', ' 2']],
    [{ text: 'EVENT.add ' }, ['2']],
  ])('are those that %j asks for', (filter, ids) => {
    expect(shown(entries, filter)).toEqual(ids)
  })

  it('are made of 2,000 entries in a few milliseconds', () => {
    const many = Array.from({ length: 2_000 }, (_, n) => entry(n + 1, { causeId: n % 3 ? n : null, details: { n, text: 'x'.repeat(200) } }))
    expect(linesOf(many, { ...all, text: 'x' })).toHaveLength(2_000)
  })
})
