import type { RecordedEntry } from '../runtime/recording/entries'
import { PullError } from '../runtime/utils/errors'
import type { FakeConnection } from './fake-connection'

/**
 * Does to a connection what an entry of a recording says. Messages arrive as they were recorded, their time included; what the log
 * says of a status is muted, for it is no news to whoever reads the test's output.
 */
export function act(entry: RecordedEntry, connection: FakeConnection, muted: (run: () => void) => void): void {
  switch (entry.kind) {
    case 'message': {
      const { at: _at, kind: _kind, to: _to, ...message } = entry
      return connection.receive(message)
    }
    case 'status': {
      const { status, reason, attempt, retryIn } = entry
      return muted(() => connection.setState({ status, attempt, reason: reason && new PullError(reason), nextRetryAt: retryIn === null ? null : Date.now() + retryIn }))
    }
    case 'gap': {
      const { cause, from, to } = entry
      return connection.reportGap({ cause, from, to })
    }
  }
}
