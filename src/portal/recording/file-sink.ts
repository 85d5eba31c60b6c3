import { appendFileSync, writeFileSync } from 'node:fs'
import type { RecordedEntry } from '../../runtime/recording/entries'
import { writeEntry, writeHeader } from '../../runtime/recording/write-recording'
import { PortalError } from '../errors'

/** Where a recording is written. */
export interface RecordingSink {
  /** ms since epoch */
  readonly startedAt: number
  add: (entry: RecordedEntry) => void
}

/**
 * Begins the file of the option `record`. It is written a line at a time, so that what was recorded is there however the portal ends.
 *
 * @param file what it held before is gone
 * @param userId of whom the recording is
 * @returns whose `add()` throws the same error where the file cannot be written any more
 * @throws PortalError `PORTAL_BAD_OPTION` where it cannot be written
 */
export function createFileSink(file: string, userId: number): RecordingSink {
  const startedAt = Date.now()
  attempt(`Option \`record\` of the dev portal is '${file}'.`, 'Give the path of a file that can be written, in a folder that is there.', () => {
    writeFileSync(file, `${writeHeader({ startedAt, status: 'connecting', userId, dropped: 0 })}\n`)
  })
  return {
    startedAt,
    add(entry) {
      attempt(`The recording '${file}' goes no further.`, 'Make room for it, and start the portal again.', () => appendFileSync(file, `${writeEntry(entry)}\n`))
    },
  }
}

function attempt(what: string, fix: string, write: () => void): void {
  try {
    write()
  }
  catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PortalError('PORTAL_BAD_OPTION', { what, why: `It cannot be written: ${reason}.`, fix, field: 'record', cause: error })
  }
}
