import type { LogEntry } from '../../portal/types'
import { EXIT } from '../exit-codes'
import { badFlag } from '../usage-error'
import type { Verb } from './verb'
import { TALKING } from './verb'

const SOURCES = ['portal', 'bridge', 'rest', 'push', 'frame', 'event', 'fault']

export const log: Verb = {
  name: 'log',
  description: 'Prints what went by, secrets masked; with --follow also what comes, until Ctrl-C or the portal\'s end',
  args: {
    follow: { type: 'boolean', description: 'Goes on with what comes; a call comes once more when it has ended' },
    source: { type: 'string', valueHint: SOURCES.join('|'), description: 'Only entries from there; may be repeated (all)' },
    last: { type: 'string', valueHint: 'number', description: 'Only so many of those that are there (all)' },
    ...TALKING,
  },
  repeatable: ['source'],
  async run({ one, all, portal, surroundings: { out, untilEnd } }) {
    const sources = all('source')
    const wrong = sources.find(source => !SOURCES.includes(source))
    if (wrong !== undefined) throw badFlag('source', wrong, SOURCES.join(', '))
    const last = one('last')
    if (last !== undefined && !/^\d+$/.test(last)) throw badFlag('last', last, 'a whole number')
    const isJson = one('json') !== undefined
    const end = new AbortController()
    const print = (entries: readonly LogEntry[]) => {
      for (const entry of entries) out(isJson ? JSON.stringify(entry) : inWords(entry))
    }
    const isMeant = (entry: LogEntry) => sources.length === 0 || sources.includes(entry.source)

    if (one('follow') !== undefined) void untilEnd().then(() => end.abort())
    for await (const message of portal().stream(end.signal)) {
      if (message.type === 'log') print(message.entries.filter(isMeant))
      if (message.type !== 'snapshot') continue
      const there = message.log.filter(isMeant)
      print(there.slice(last === undefined ? 0 : Math.max(0, there.length - Number(last))))
      if (one('follow') === undefined) break
    }
    end.abort()
    return EXIT.done
  },
}

const ARROW = { in: '→', out: '←', note: '·' }

function inWords({ time, source, direction, level, title, userId, status, isPending }: LogEntry): string {
  return [
    new Date(time).toISOString().slice(11, 23),
    source.padEnd(6),
    ARROW[direction],
    level === 'info' ? '' : `${level}:`,
    title,
    status ?? '',
    isPending ? '…' : '',
    userId === null ? '' : `(user ${userId})`,
  ].filter(part => part !== '').join(' ')
}
