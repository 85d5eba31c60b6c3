import { PullError } from '../../utils/errors'

/** A value of a form as PHP writes it: texts, lists, and values by name. */
export type PhpValue = string | PhpValue[] | { [name: string]: PhpValue }

/** Characters of a form; an event of the platform has a few thousand. */
export const MOST_CHARACTERS = 1_000_000

const MOST_FIELDS = 5_000
const DEEPEST = 16

interface Branch {
  entries: Map<string, Branch | string>
  /** What `[]` stands for. */
  nextIndex: number
}

/**
 * Reads a form as PHP does: `data[FIELDS][ID]=42` is `{ data: { FIELDS: { ID: '42' } } }`, and values numbered from 0 are a list.
 * In time that grows with its length; names that mean something to JavaScript, such as `__proto__`, are left out.
 *
 * @param text body of a request, `application/x-www-form-urlencoded`
 * @throws PullError `FORM_ERROR` where it is too long, has too many fields, or is nested too deep
 */
export function parsePhpForm(text: string): Record<string, PhpValue> {
  if (text.length > MOST_CHARACTERS) throw formError(`The form is longer than ${MOST_CHARACTERS} characters.`)
  const root: Branch = { entries: new Map(), nextIndex: 0 }
  let fields = 0
  for (const [name, value] of new URLSearchParams(text)) {
    if (++fields > MOST_FIELDS) throw formError(`The form has more than ${MOST_FIELDS} fields.`)
    put(root, pathOf(name), value)
  }
  return toRecord(root)
}

/** The steps of a name; each is looked for from where the one before it ends. */
function pathOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open <= 0) return [name]
  const path = [name.slice(0, open)]
  for (let at = open; name[at] === '[';) {
    const close = name.indexOf(']', at)
    if (close < 0) break
    path.push(name.slice(at + 1, close))
    if (path.length > DEEPEST) throw formError(`A field is nested more than ${DEEPEST} levels deep.`)
    at = close + 1
  }
  return path
}

function put(root: Branch, path: readonly string[], value: string): void {
  let branch = root
  for (const [depth, step] of path.entries()) {
    const key = step === '' && depth > 0 ? String(branch.nextIndex) : step
    if (/^\d{1,9}$/.test(key)) branch.nextIndex = Math.max(branch.nextIndex, Number(key) + 1)
    if (depth === path.length - 1) {
      branch.entries.set(key, value)
      return
    }
    const there = branch.entries.get(key)
    const next: Branch = typeof there === 'object' ? there : { entries: new Map(), nextIndex: 0 }
    branch.entries.set(key, next)
    branch = next
  }
}

const toValue = (value: Branch | string): PhpValue => typeof value === 'string' ? value : isList(value) ? [...value.entries.values()].map(toValue) : toRecord(value)

function isList({ entries }: Branch): boolean {
  let index = 0
  for (const key of entries.keys()) if (key !== String(index++)) return false
  return true
}

function toRecord({ entries }: Branch): Record<string, PhpValue> {
  const record: Record<string, PhpValue> = {}
  for (const [key, value] of entries) if (key !== '__proto__') record[key] = toValue(value)
  return record
}

export const formError = (message: string): PullError => new PullError({
  code: 'FORM_ERROR',
  message,
  why: 'Bitrix24 posts events as a form, written as PHP does: `event`, `data`, `ts` and `auth`.',
  fix: 'Nothing, where it was not the portal that posted: anybody can. Else see what stands between the portal and the app.',
})
