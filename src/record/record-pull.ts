import { engineKey } from '../runtime/app/hub/engine-key'
import type { EngineOwner, WitnessedEngine } from '../runtime/app/hub/engine-key'
import { EVENT_ADD } from '../runtime/rest/event-method'
import { createRecordingWriter } from '../runtime/recording/write-recording'
import type { Pull, Unsubscribe } from '../runtime/types'
import { createClock, epochNow } from '../runtime/utils/clock'
import { maskSecrets } from '../runtime/utils/mask-secrets'

/** Options of {@link recordPull}. */
export interface RecordPullOptions {
  /** Lines that are kept; then the oldest go. @default 10000 */
  limit?: number
}

/** A recording under way. */
export interface PullRecording {
  /** Ends it, and answers all of it: one JSON value a line, secrets masked. Called again it answers the same. */
  stop: () => string
}

/**
 * Records what a pull goes through: messages, statuses, gaps and what the app sends. In production, too: what it writes holds no
 * token, but it holds the params of your events, so tell people before you send it anywhere.
 *
 * What it answers plays in `createTestingPull({ recording })` and in `createPortal({ recording })`.
 *
 * @param pull what `usePull()` returns and `useNuxtApp().$b24Pull` is
 * @param options how much is kept
 *
 * @example
 * ```ts
 * import { recordPull } from 'nuxt-b24-pull/record'
 *
 * const recording = recordPull(usePull())
 * const save = () => navigator.clipboard.writeText(recording.stop())
 * ```
 */
export function recordPull(pull: Pull, options: RecordPullOptions = {}): PullRecording {
  const { limit = 10_000 } = options
  const clock = createClock()
  const begin = clock.now()
  const at = () => Math.round(clock.now() - begin)
  const writer = createRecordingWriter({ startedAt: epochNow(), status: pull.status.value, userId: pull.userId.value }, limit)
  let text: string | null = null

  function watch({ connection, witness }: WitnessedEngine): Unsubscribe {
    const ends = [
      witness({
        onMessage: message => writer.add({ at: at(), kind: 'message', ...message }),
        onCall(method, params, answer) {
          if (method === EVENT_ADD) void addSent(at(), params, answer)
        },
      }),
      connection.onStatus(() => {
        const { status, reason, attempt, nextRetryAt } = connection.state
        writer.add({
          at: at(), kind: 'status', status, attempt,
          reason: reason && { code: reason.code, message: maskSecrets(reason.message), why: reason.why, fix: reason.fix },
          retryIn: nextRetryAt === null ? null : Math.max(0, nextRetryAt - epochNow()),
        })
      }),
      connection.onGap(gap => writer.add({ at: at(), kind: 'gap', ...gap })),
    ]
    return () => ends.forEach(end => end())
  }

  async function addSent(when: number, { MODULE_ID, COMMAND, PARAMS, USER_ID }: Record<string, unknown>, answer: Promise<unknown>): Promise<void> {
    const error = await answer.then(() => null, problem => maskSecrets(problem instanceof Error ? problem.message : String(problem)))
    if (text === null) writer.add({ at: when, kind: 'sent', module: String(MODULE_ID), command: String(COMMAND), params: PARAMS, userId: typeof USER_ID === 'string' ? Number(USER_ID) : USER_ID ?? null, error })
  }

  const end = (pull as Pull & EngineOwner)[engineKey]?.(watch)

  return {
    stop() {
      if (text === null) {
        text = writer.text()
        end?.()
      }
      return text
    },
  }
}
