import type { IncomingMessage } from 'node:http'
import { formError, MOST_CHARACTERS } from './php-form'

/**
 * Bytes of a body that is too long which are read nevertheless, and dropped: who sends all before looking for an answer would wait for ever
 * where nobody takes the rest. Closing the connection is no way out, because it takes back an answer that was not fetched yet.
 */
const MOST_READ = 32_000_000

/** What a handler of h3 is called with, of either version: none of them is imported. */
export interface RequestEvent {
  /** h3 2. In h3 1 something else stands there. */
  readonly req?: unknown
  /** h3 1. */
  readonly node?: { readonly req: IncomingMessage }
  /** Keeps a server without a process of its own alive until the promise settles. */
  readonly waitUntil?: (promise: Promise<unknown>) => void
}

/**
 * The body of a request as text.
 *
 * @throws PullError `FORM_ERROR` where it is too long or ends before its time
 */
export async function readBodyText(event: RequestEvent): Promise<string> {
  const web = event.req as Partial<Request> | undefined
  if (typeof web?.text === 'function') return readChunks(web.body ? streamOf(web.body) : [])
  const request = event.node?.req as (IncomingMessage & { body?: unknown, rawBody?: unknown }) | undefined
  if (!request) throw formError('There is no request.')
  // Hosts that have read the body already leave it here.
  const given = request.rawBody ?? request.body
  if (typeof given === 'string') return given
  if (given instanceof Uint8Array) return Buffer.from(given).toString()
  if (given && typeof given === 'object') return new URLSearchParams(Object.entries(given).map(([name, value]): [string, string] => [name, String(value)])).toString()
  return readChunks(request)
}

async function readChunks(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > MOST_READ) break
      if (size <= MOST_CHARACTERS) all.push(chunk)
      else all.length = 0
    }
  }
  catch {
    throw formError('The request ended before its body did.')
  }
  if (size > MOST_CHARACTERS) throw formError(`The form is longer than ${MOST_CHARACTERS} bytes.`)
  return Buffer.concat(all).toString()
}

async function* streamOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) yield value!
  }
  finally {
    void reader.cancel().catch(() => {})
  }
}
