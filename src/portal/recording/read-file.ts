import { readFileSync } from 'node:fs'
import type { RecordedEntry } from '../../runtime/recording/entries'
import { readRecording } from '../../runtime/recording/read-recording'
import { PortalError } from '../errors'

/**
 * Reads the file of the option `recording`.
 *
 * @throws PortalError `PORTAL_BAD_OPTION` where it is no recording
 */
export function readRecordingFile(file: string): RecordedEntry[] {
  try {
    return readRecording(readFileSync(file, 'utf8')).entries
  }
  catch (error) {
    throw new PortalError('PORTAL_BAD_OPTION', {
      what: `Option \`recording\` of the dev portal is '${file}'.`,
      why: error instanceof Error ? error.message : String(error),
      fix: 'Give the path of a file that recordPull() or `--record` wrote.',
      field: 'recording',
      cause: error,
    })
  }
}
