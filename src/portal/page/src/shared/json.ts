/** Where JSON text goes wrong; `line` and `column` from 1. */
export interface JsonMistake {
  line: number
  column: number
  message: string
}

export type JsonOutcome = { value: unknown, mistake: null } | { value: null, mistake: JsonMistake }

class Mistake extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// eslint-disable-next-line no-control-regex -- JSON forbids them inside strings
const STRING = /"(?:[^"\\\u0000-\u001F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y

/** Parses JSON. Browsers do not all tell where a mistake is, so it is looked for here. */
export function parseJson(text: string): JsonOutcome {
  try {
    return { value: JSON.parse(text) as unknown, mistake: null }
  }
  catch {
    return { value: null, mistake: locate(text) }
  }
}

function locate(text: string): JsonMistake {
  try {
    const end = skipBlanks(text, readValue(text, 0))
    throw new Mistake(end, `Nothing may follow the value, but here is ${found(text, end)}.`)
  }
  catch (error) {
    if (!(error instanceof Mistake)) throw error
    const before = text.slice(0, error.at).split('\n')
    return { line: before.length, column: before.at(-1)!.length + 1, message: error.message }
  }
}

function readValue(text: string, from: number): number {
  const at = skipBlanks(text, from)
  if (text[at] === '{') return readList(text, at, '}', readPair)
  if (text[at] === '[') return readList(text, at, ']', readValue)
  if (text[at] === '"') return readString(text, at)
  LITERAL.lastIndex = at
  if (LITERAL.test(text)) return LITERAL.lastIndex
  throw new Mistake(at, `A value is expected, but here is ${found(text, at)}.`)
}

function readList(text: string, from: number, close: string, readItem: typeof readValue): number {
  let at = skipBlanks(text, from + 1)
  if (text[at] === close) return at + 1
  for (;;) {
    at = skipBlanks(text, readItem(text, at))
    if (text[at] === close) return at + 1
    if (text[at] !== ',') throw new Mistake(at, `“,” or “${close}” is expected, but here is ${found(text, at)}.`)
    at = skipBlanks(text, at + 1)
    if (text[at] === close) throw new Mistake(at, `No comma may stand before “${close}”.`)
  }
}

function readPair(text: string, from: number): number {
  if (text[from] !== '"') throw new Mistake(from, `A name in double quotes is expected, but here is ${found(text, from)}.`)
  const at = skipBlanks(text, readString(text, from))
  if (text[at] !== ':') throw new Mistake(at, `“:” is expected after the name, but here is ${found(text, at)}.`)
  return readValue(text, at + 1)
}

function readString(text: string, from: number): number {
  STRING.lastIndex = from
  if (STRING.test(text)) return STRING.lastIndex
  throw new Mistake(from, 'This text is not closed, or holds a line break or a bad “\\”.')
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (' \t\r\n'.includes(text[at] ?? 'x')) at++
  return at
}

function found(text: string, at: number): string {
  const rest = text.slice(at)
  return rest ? `“${rest.match(/^(?:\w+|[^\w\s])/)?.[0].slice(0, 20) ?? rest[0]}”` : 'the end'
}
