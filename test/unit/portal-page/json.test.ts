import { describe, expect, it } from 'vitest'
import { parseJson } from '../../../src/portal/page/src/shared/json'
import { readObject } from '../../../src/portal/page/src/shared/json-object'

describe('parseJson', () => {
  it.each([
    ['{ "a": [1, -2.5e3, true, false, null, "x\\n\\u00e9"], "b": {} }', { a: [1, -2500, true, false, null, 'x\né'], b: {} }],
    ['[]', []],
    ['"text"', 'text'],
    [' 0 ', 0],
  ])('reads %s', (text, value) => {
    expect(parseJson(text)).toEqual({ value, mistake: null })
  })

  it.each([
    ['', 1, 1, 'A value is expected, but here is the end.'],
    ['{', 1, 2, 'A name in double quotes is expected, but here is the end.'],
    ['{ "a": }', 1, 8, 'A value is expected, but here is “}”.'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '“,” or “}” is expected, but here is “"”.'],
    ['{\n  "a": 1,\n}', 3, 1, 'No comma may stand before “}”.'],
    ['[1, 2,]', 1, 7, 'No comma may stand before “]”.'],
    ['[1 2]', 1, 4, '“,” or “]” is expected, but here is “2”.'],
    ['{ a: 1 }', 1, 3, 'A name in double quotes is expected, but here is “a”.'],
    ['{ \'a\': 1 }', 1, 3, 'A name in double quotes is expected, but here is “\'”.'],
    ['{ "a" 1 }', 1, 7, '“:” is expected after the name, but here is “1”.'],
    ['{ "a": undefined }', 1, 8, 'A value is expected, but here is “undefined”.'],
    ['{\n  "a": "never closed\n}', 2, 8, 'This text is not closed, or holds a line break or a bad “\\”.'],
    ['["\\x"]', 1, 2, 'This text is not closed, or holds a line break or a bad “\\”.'],
    ['{} {}', 1, 4, 'Nothing may follow the value, but here is “{”.'],
    ['01', 1, 2, 'Nothing may follow the value, but here is “1”.'],
    ['{ "a":\u00A01 }', 1, 7, 'A value is expected, but here is “\u00A0”.'],
  ])('points at the mistake in %j: line %i, column %i', (text, line, column, message) => {
    expect(parseJson(text)).toEqual({ value: null, mistake: { line, column, message } })
  })

  it('finds a mistake wherever a document is cut off', () => {
    const document = '{ "a": [1, { "b": "c\\u00e9" }], "d": -1.5 }'
    for (let end = 0; end < document.length; end++) {
      const { mistake } = parseJson(document.slice(0, end))
      expect({ end, isFound: mistake !== null && mistake.line === 1 && mistake.column <= end + 1 }).toEqual({ end, isFound: true })
    }
  })
})

describe('readObject', () => {
  it('takes no text for an empty object', () => {
    expect(readObject(' \n ')).toEqual({})
  })

  it('says where a mistake is, in one line', () => {
    expect(readObject('{\n  "by": }')).toBe('Line 2, column 9: A value is expected, but here is “}”.')
  })

  it.each(['[]', 'null', '"text"', '7'])('refuses %s, which is no object', (text) => {
    expect(readObject(text)).toBe('It must be an object: { "name": "value" }')
  })

  it('keeps a key called `__proto__` as a key', () => {
    expect(Object.keys(readObject('{ "__proto__": 1 }'))).toEqual(['__proto__'])
  })
})
