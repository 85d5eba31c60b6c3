import * as v from 'valibot'

/** What Valibot has found, as far as sentences need it. */
export interface Finding {
  /** Where, such as `server.version`; `null` = the whole. */
  path: string | null
  kind: 'missing' | 'unknown' | 'wrong'
}

export function readIssue(issue: v.BaseIssue<unknown>): Finding {
  const path = v.getDotPath(issue)
  // A key that an object of fixed fields does not have is expected never to be there.
  const kind = issue.expected === 'never' ? 'unknown' : issue.input === undefined ? 'missing' : 'wrong'
  return { path, kind }
}
