import type { IncomingMessage } from 'node:http'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { ControlFailure, PortalState, StreamMessage } from '../portal/types'
import { CONTROL_BASE } from '../portal/types'
import { CliError, EXIT } from './exit-codes'

/** A running portal, as the command line talks to it. */
export interface Control {
  readonly url: string
  state: () => Promise<PortalState>
  /** @throws CliError with the portal's own words and code */
  post: <Answer>(route: string, body: object) => Promise<Answer>
  /** What the portal's page hears, until the portal ends or the signal comes. */
  stream: (signal: AbortSignal) => AsyncIterable<StreamMessage>
}

/** Talks to the portal at this address. By `node:http`: what is waited for may take longer than `fetch` waits. */
export function createControl(url: string): Control {
  async function ask(method: 'GET' | 'POST', route: string, body?: object, signal?: AbortSignal): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const sent = request(`${url}${CONTROL_BASE}/${route}`, { method, signal, headers: body ? { 'content-type': 'application/json' } : {} }, resolve)
    sent.on('error', reject)
    sent.end(body && JSON.stringify(body))
    try {
      return await promise
    }
    catch (error) {
      throw new CliError('NO_PORTAL', `Nothing answers at ${url}: ${error instanceof Error ? error.message : String(error)}. Is the process that started the portal still running?`, EXIT.noPortal)
    }
  }

  async function read<Answer>(response: IncomingMessage): Promise<Answer> {
    const body = await text(response)
    const answer = parse(body)
    if (response.statusCode === 200 && answer !== undefined) return answer as Answer
    if (!isFailure(answer)) throw noPortal(response)
    throw new CliError(answer.code, answer.message, answer.code === 'PORTAL_WAIT_TIMEOUT' ? EXIT.timeout : EXIT.failed)
  }

  function noPortal({ statusCode }: IncomingMessage): CliError {
    return new CliError('NO_PORTAL', `${url} answers ${statusCode}, but not as a dev portal does.`, EXIT.noPortal)
  }

  return {
    url,
    state: async () => read<PortalState>(await ask('GET', 'state')),
    post: async (route, body) => read(await ask('POST', route, body)),
    async* stream(signal) {
      try {
        const response = await ask('GET', 'stream', undefined, signal)
        if (!isStream(response)) {
          await read(response)
          throw noPortal(response)
        }
        let rest = ''
        for await (const chunk of response.setEncoding('utf8')) {
          const events = `${rest}${chunk}`.split('\n\n')
          rest = events.pop()!
          for (const event of events) {
            const message = parse(event.slice('data:'.length))
            if (message === undefined) throw noPortal(response)
            yield message as StreamMessage
          }
        }
      }
      catch (error) {
        // The portal's end cuts the stream off, and is no mistake.
        if (error instanceof CliError && !signal.aborted) throw error
      }
    },
  }
}

function isStream({ statusCode, headers }: IncomingMessage): boolean {
  return statusCode === 200 && headers['content-type']?.startsWith('text/event-stream') === true
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  }
  catch {
    return undefined
  }
}

function isFailure(answer: unknown): answer is ControlFailure {
  return typeof answer === 'object' && answer !== null && 'code' in answer && 'message' in answer && typeof answer.message === 'string'
}
