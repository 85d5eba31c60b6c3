import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computed, reactive, ref } from 'vue'
import { DEEPEST } from '../../../src/runtime/rest/json-copy'
import { checkParams, MOST_BYTES } from '../../../src/runtime/rest/params-rules'
import type { PullError } from '../../../src/runtime/utils/errors'

function problemOf(params: unknown): PullError | null {
  try {
    checkParams(params)
    return null
  }
  catch (error) {
    return error as PullError
  }
}

class Money {
  constructor(readonly amount: number) {}
}

const itself: unknown[] = []
itself.push(itself)

describe('params that JSON cannot carry', () => {
  it.each([
    ['a function', () => {}],
    ['Symbol(kept)', Symbol('kept')],
    ['the bigint 5n', 5n],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['an instance of Map', new Map([[1, 2]])],
    ['an instance of Set', new Set([1])],
    ['an instance of WeakMap', new WeakMap()],
    ['an instance of Uint8Array', new Uint8Array(2)],
    ['an instance of RegExp', /a/],
    ['an instance of Error', new Error('lost')],
    ['an instance of Promise', Promise.resolve()],
    ['an instance of Money', new Money(5)],
    ['an instance of RefImpl', ref(5)],
    ['an instance of ComputedRefImpl', computed(() => 5)],
    ['an instance of Number', Object(5)],
    ['an invalid Date', new Date('never')],
    ['an object that contains itself', itself],
  ])('are refused at the door with their path: %s', (what, value) => {
    const problem = problemOf({ list: [{ when: value }] })
    expect(problem).toMatchObject({ code: 'PARAMS_ERROR', issues: [{ message: `is ${what}` }] })
    expect(problem?.message).toMatch(/^params\.list\[0\]\.when(\[0\])? is /)
  })

  it.each([
    ['undefined in a list', { ids: [1, undefined] }, 'params.ids[1] is undefined in a list.'],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole in a list', { ids: [1, , 2] }, 'params.ids[1] is undefined in a list.'],
    ['a value under a symbol', { deal: { [Symbol('kept')]: 1 } }, 'params.deal[Symbol(kept)] is kept under a symbol.'],
    ['a key that is no name', { 'two words': { 7: Number.NaN } }, 'params["two words"]["7"] is NaN.'],
    ['a function for params', Object.assign(() => {}, { id: 1 }), 'The params are a function, not an object.'],
    ['a Map for params', new Map(), 'params is an instance of Map.'],
    ['an instance for params', new Money(5), 'params is an instance of Money.'],
    ['toJSON that answers with a loss', { at: { toJSON: () => ({ when: new Map() }) } }, 'params.at.when is an instance of Map.'],
  ])('are refused: %s', (_, params, message) => {
    expect(problemOf(params)).toMatchObject({ code: 'PARAMS_ERROR', message })
  })

  it('say what failed where a getter or a toJSON() throws', () => {
    const cause = new Error('not yet')
    const thrower = () => {
      throw cause
    }
    expect(problemOf({ deal: { get id() {
      return thrower()
    } } })).toMatchObject({ message: 'params.deal.id is not to be read.', cause })
    expect(problemOf({ deal: { toJSON: thrower } })).toMatchObject({ message: 'params.deal is not to be read.', cause })
  })
})

describe('params that JSON carries', () => {
  it.each([
    ['a date, as text', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['an address, as text', { at: new URL('https://example.com/a') }, { at: 'https://example.com/a' }],
    ['an instance with a toJSON, as that', { sum: Object.assign(new Money(5), { toJSON: () => '5 EUR' }) }, { sum: '5 EUR' }],
    ['a key with undefined, without it', { id: 1, from: undefined }, { id: 1 }],
    ['one object in two places', (({ shared }) => ({ a: shared, b: shared }))({ shared: { id: 1 } }), { a: { id: 1 }, b: { id: 1 } }],
    ['an object without a prototype', Object.assign(Object.create(null), { id: 1 }), { id: 1 }],
    ['a reactive object with refs in it', reactive({ deal: { id: ref(1) }, ids: [1, 2] }), { deal: { id: 1 }, ids: [1, 2] }],
    ['null and empty ones', { a: null, b: [], c: {}, d: '', e: 0, f: false }, { a: null, b: [], c: {}, d: '', e: 0, f: false }],
  ])('pass: %s', (_, params, sent) => {
    expect(checkParams(params)).toEqual(sent)
  })

  it('keep a key `__proto__` as an ordinary one', () => {
    const sent = checkParams(JSON.parse('{"__proto__":{"polluted":1}}'))
    expect(Object.keys(sent)).toEqual(['__proto__'])
    expect(sent.polluted).toBeUndefined()
  })

  it('ask each getter and each toJSON() once: what was checked is what is sent', () => {
    let asked = 0
    const sent = checkParams({ get at() {
      asked++
      return { toJSON: () => ++asked }
    } })
    expect(sent).toEqual({ at: 2 })
    expect(asked).toBe(2)
  })
})

describe('the size of params', () => {
  const around = '{"text":""}'.length

  it(`may be ${MOST_BYTES} bytes and no more`, () => {
    expect(problemOf({ text: 'a'.repeat(MOST_BYTES - around) })).toBeNull()
    expect(problemOf({ text: 'a'.repeat(MOST_BYTES - around + 1) })).toMatchObject({ code: 'PARAMS_ERROR', fix: expect.stringContaining('fetch') })
    expect(problemOf({ text: 'я'.repeat((MOST_BYTES - around) / 2) })).toBeNull()
    expect(problemOf({ text: 'я'.repeat((MOST_BYTES - around) / 2 + 1) })).toMatchObject({ code: 'PARAMS_ERROR' })
  })

  it('counts what JSON writes, not what is given', () => {
    expect(problemOf({ text: '\n'.repeat(MOST_BYTES / 2) })).toMatchObject({ code: 'PARAMS_ERROR' })
  })

  it('is found without writing what doubles with each level', () => {
    let doubled: unknown = 1
    for (let level = 0; level < 100; level++) doubled = [doubled, doubled]
    expect(problemOf({ doubled })).toMatchObject({ message: expect.stringContaining(`longer than ${MOST_BYTES}`) })
  })

  it.each([DEEPEST - 1, DEEPEST, 100_000])('may be %i levels deep only where PHP reads that', (levels) => {
    let deep: unknown = 1
    for (let level = 0; level < levels; level++) deep = [deep]
    const problem = problemOf({ deep })
    if (levels < DEEPEST) expect(problem).toBeNull()
    else expect(problem).toMatchObject({ code: 'PARAMS_ERROR', message: expect.stringMatching(/^params\.deep(\[0\])+… is nested more than 500 levels deep\.$/) })
  })
})

/** What no property of an object may be, and `undefined`, which no item of a list may be. */
const lost: readonly unknown[] = [() => {}, Symbol('lost'), 5n, Number.NaN, Number.NEGATIVE_INFINITY, new Map(), new Set(), new Date(Number.NaN), new Money(1), undefined]

const anyParams = fc.letrec(tie => ({
  params: fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('value'), { maxKeys: 4 }),
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof({ weight: 12, arbitrary: fc.jsonValue({ maxDepth: 1 }) }, { weight: 2, arbitrary: fc.date({ noInvalidDate: true }) }, { weight: 1, arbitrary: fc.constantFrom(...lost) }),
    tie('params'),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
})).params

function follow(params: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown>)[step], params)
}

describe('whatever the params are', () => {
  it('what passes the door arrives as it left, and what is refused is where the error says', () => {
    fc.assert(fc.property(anyParams, (params) => {
      const problem = problemOf(params)
      if (problem) {
        expect(lost.includes(follow(params, problem.issues![0]!.path)), problem.message).toBe(true)
        return
      }
      const sent = checkParams(params)
      expect(JSON.parse(JSON.stringify(sent))).toStrictEqual(sent)
      expect(sent).toStrictEqual(JSON.parse(JSON.stringify(params)))
    }), { numRuns: 200 })
  })

  it('what contains itself is found where it does', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.nat(3)), { minLength: 1, maxLength: 20 }), (steps) => {
      const params: Record<string, unknown> = {}
      let at: Record<PropertyKey, unknown> = params
      const path: PropertyKey[] = steps.map((step, i) => i === 0 ? `at ${step}` : step)
      path.forEach((step, i) => {
        const next = path[i + 1]
        const inner = (next === undefined ? params : typeof next === 'number' ? [0, 0, 0, 0] : {}) as Record<PropertyKey, unknown>
        Object.defineProperty(at, step, { value: inner, enumerable: true, writable: true, configurable: true })
        at = inner
      })
      const problem = problemOf(params)
      expect(problem?.issues?.[0]?.path).toEqual(path)
    }), { numRuns: 200 })
  })
})
