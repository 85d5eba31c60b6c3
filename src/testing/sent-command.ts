import type { Receivers } from '../runtime/rest/user-ids'
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

/** What this module adds to the params on the wire, which no handler gets to see. */
const OWN_PREFIX = '__b24Pull'

/** The commands among the REST calls, in order. */
export function sentCommands(calls: readonly FakeCall[]): SentCommand[] {
  return calls.filter(({ method }) => method === 'pull.application.event.add').map(({ params }) => {
    const { MODULE_ID, COMMAND, PARAMS, USER_ID } = params as { MODULE_ID: string, COMMAND: string, PARAMS: Record<string, unknown>, USER_ID?: Receivers }
    return {
      module: MODULE_ID,
      command: COMMAND,
      params: Object.fromEntries(Object.entries(PARAMS).filter(([name]) => !name.startsWith(OWN_PREFIX))),
      ...(USER_ID !== undefined && { userId: typeof USER_ID === 'string' ? Number(USER_ID) : USER_ID }),
    }
  })
}
