import type { PullGap, PullMessage, StandardSchemaV1 } from '../types'
import { PullError } from '../utils/errors'
import { applySchema } from './apply-schema'

/** Messages that may wait for a schema that answers with promises. */
export const QUEUE_LIMIT = 1000

export interface SchemaGateOptions {
  /** The schema for a message; `undefined` lets it pass as it is. */
  schemaOf: (message: PullMessage) => StandardSchemaV1 | undefined
  /** Takes a message whose params are what the schema gave out. */
  accept: (message: PullMessage) => unknown
  /** Whether anybody still wants what would have to wait. */
  isLive: () => boolean
  /** More waited than the queue holds: told with the first message dropped, and once more when the queue is empty again. */
  onOverflow: (problem: PullError, gap: PullGap) => void
}

/** Validates one subscription's messages. Only where a schema answers with a promise do messages wait, in their order. */
export interface SchemaGate {
  /** Throws, or rejects, with what the schema found or `accept` threw. */
  receive: (message: PullMessage) => unknown
  /** Forgets what waits. */
  clear: () => void
}

interface Waiting {
  message: PullMessage
  /** Set for the first one, whose validation showed that messages have to wait. */
  validated?: Promise<PullMessage>
  resolve: (result: unknown) => void
}

export function createSchemaGate({ schemaOf, accept, isLive, onOverflow }: SchemaGateOptions): SchemaGate {
  let queue: Waiting[] = []
  let dropped = 0
  let droppedFrom = 0
  let droppedTo = 0

  function validate(message: PullMessage): PullMessage | Promise<PullMessage> {
    const schema = schemaOf(message)
    if (!schema) return message
    const params = applySchema(schema, message, consequence)
    const withParams = (value: unknown) => ({ ...message, params: value as PullMessage['params'] })
    return params instanceof Promise ? params.then(withParams) : withParams(params)
  }

  function enqueue(message: PullMessage, validated?: Promise<PullMessage>): unknown {
    if (!isLive()) return
    if (queue.length >= QUEUE_LIMIT) return drop(message)
    // The hub hears of errors by this promise; that of a message which is forgotten never settles.
    return new Promise((resolve) => {
      queue.push({ message, validated, resolve })
      if (queue.length === 1) void drain(queue)
    })
  }

  async function drain(mine: Waiting[]): Promise<void> {
    while (mine === queue && mine[0]) {
      const { message, validated, resolve } = mine[0]
      const step = await Promise.resolve(validated ?? later(() => validate(message))).then(
        result => () => accept(result),
        problem => () => Promise.reject(problem),
      )
      if (mine !== queue) return
      resolve(later(step))
      mine.shift()
    }
    if (mine !== queue) return
    if (dropped > 1) tellOverflow()
    dropped = 0
  }

  function drop({ receivedAt }: PullMessage): void {
    if (!dropped) droppedFrom = receivedAt
    droppedTo = receivedAt
    if (++dropped === 1) tellOverflow()
  }

  const tellOverflow = () => onOverflow(overflow(dropped), { cause: 'overflow', from: droppedFrom, to: droppedTo })

  return {
    receive(message) {
      if (queue.length) return enqueue(message)
      const validated = validate(message)
      return validated instanceof Promise ? enqueue(message, validated) : accept(validated)
    },
    clear() {
      queue = []
      dropped = 0
    },
  }
}

/** Runs at once; what it throws is a rejection. */
function later<T>(run: () => T | Promise<T>): Promise<T> {
  return new Promise(resolve => resolve(run()))
}

const consequence = {
  why: 'Who sent it and this app disagree about what the command carries. The handler was not called.',
  fix: 'See `issues`; correct the sender, or make the schema accept what is sent.',
}

const overflow = (count: number): PullError => new PullError({
  code: 'QUEUE_OVERFLOW',
  message: `${count === 1 ? 'A message was' : `${count} messages were`} dropped: ${QUEUE_LIMIT} wait for an asynchronous schema already.`,
  why: 'Messages arrive faster than the schema answers, or one of its promises never settles.',
  fix: 'Use a synchronous schema, or make the asynchronous one faster; fetch again what must be right.',
})
