/** What editors of Windows put before a text, as the mark of its encoding; JSON does not have it. */
const MARK = '\uFEFF'

/** A text as it is worked on: with the line ends of Unix, and without the mark of its encoding. */
export function toPlain(raw: string): string {
  return withoutMark(raw).replaceAll('\r\n', '\n')
}

/** A text with the line ends, and the mark, of the file that it takes the place of. */
export function likeBefore(text: string, raw: string): string {
  const [firstEnd = '\n'] = /\r?\n/.exec(raw) ?? []
  return (raw.startsWith(MARK) ? MARK : '') + text.replaceAll('\n', firstEnd)
}

export function withoutMark(raw: string): string {
  return raw.startsWith(MARK) ? raw.slice(MARK.length) : raw
}
