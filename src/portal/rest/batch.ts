import { parsePhpQuery, phpArray } from './php-query'
import { param } from './params'
import { asRecord, asText } from '../untrusted'
import type { Outcome } from './outcome'
import type { RestCaller, RestParams } from './types'
import { RestError } from './types'

const MAX_COMMANDS = 50

export type Execute = (method: string, params: RestParams, caller: RestCaller) => Promise<Outcome>

/**
 * `batch`: each command a `method?query` text, in order; `$result[key][field]` stands for what an earlier one answered.
 *
 * @throws RestError when there is nothing to do, or too much
 */
export async function runBatch(params: RestParams, caller: RestCaller, execute: Execute): Promise<unknown> {
  const commands = Object.entries(asRecord(param(params, 'cmd')) ?? {})
  if (commands.length === 0) throw new RestError('ERROR_ARGUMENT', 'Argument \'cmd\' is null or empty')
  if (commands.length > MAX_COMMANDS) throw new RestError('ERROR_BATCH_LENGTH_EXCEEDED', `Max batch length exceeded: ${MAX_COMMANDS}`)
  const halt = isOn(param(params, 'halt'))

  const result: [string, unknown][] = []
  const errors: [string, unknown][] = []
  const total: [string, unknown][] = []
  const next: [string, unknown][] = []
  const time: [string, unknown][] = []
  for (const [key, command] of commands) {
    const outcome = await runCommand(asText(command) ?? '', new Map(result), caller, execute)
    if (outcome.ok) {
      result.push([key, outcome.result])
      if (outcome.total !== undefined) total.push([key, outcome.total])
      if (outcome.next !== undefined) next.push([key, outcome.next])
      time.push([key, outcome.time])
    }
    else {
      errors.push([key, { error: outcome.error, error_description: outcome.description }])
      if (halt) break
    }
  }
  return {
    result: phpArray(result),
    result_error: phpArray(errors),
    result_total: phpArray(total),
    result_next: phpArray(next),
    result_time: phpArray(time),
  }
}

async function runCommand(command: string, results: Map<string, unknown>, caller: RestCaller, execute: Execute): Promise<Outcome> {
  const mark = command.indexOf('?')
  const method = mark < 0 ? command : command.slice(0, mark)
  if (method === 'batch') {
    return { ok: false, status: 400, error: 'ERROR_BATCH_METHOD_NOT_ALLOWED', description: 'Method is not allowed for batch usage' }
  }
  const query = mark < 0 ? '' : command.slice(mark + 1)
  return execute(method, asRecord(withResults(parsePhpQuery(query), results)) ?? {}, caller)
}

function withResults(value: unknown, results: Map<string, unknown>): unknown {
  if (typeof value === 'string') return replaceReference(value, results)
  if (Array.isArray(value)) return value.map(item => withResults(item, results))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withResults(inner, results)]))
}

function replaceReference(text: string, results: Map<string, unknown>): unknown {
  const match = /^\$result((?:\[[^\]]+\])+)$/.exec(text)
  if (!match?.[1]) return text
  const [key = '', ...path] = [...match[1].matchAll(/\[([^\]]+)\]/g)].map(part => part[1] ?? '')
  return path.reduce<unknown>((value, part) => new Map(Object.entries(asRecord(value) ?? {})).get(part), results.get(key)) ?? null
}

function isOn(value: unknown): boolean {
  return value === true || value === 1 || value === '1' || value === 'Y' || value === 'true'
}
