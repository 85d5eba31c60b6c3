import { EVENT_ADD } from '../runtime/rest/event-method'
import type { Receivers } from '../runtime/rest/user-ids'
import { withoutMarks } from '../runtime/rest/without-marks'
import type { FakeCall } from './fake-connection'

/** A command that a component sent with `usePullSend()`, or with `call()` underneath. */
export interface SentCommand {
  module: string
  command: string
  /** As JSON carries them. */
  params: Record<string, unknown>
  /** Receivers; absent = every user of the app. */
  userId?: number | number[]
}

/** The commands among the REST calls, in order. */
export function sentCommands(calls: readonly FakeCall[]): SentCommand[] {
  return calls.filter(({ method }) => method === EVENT_ADD).map(({ params }) => {
    const { MODULE_ID, COMMAND, PARAMS, USER_ID } = params as { MODULE_ID: string, COMMAND: string, PARAMS: Record<string, unknown>, USER_ID?: Receivers }
    return {
      module: MODULE_ID,
      command: COMMAND,
      params: withoutMarks(PARAMS),
      ...(USER_ID !== undefined && { userId: typeof USER_ID === 'string' ? Number(USER_ID) : USER_ID }),
    }
  })
}
