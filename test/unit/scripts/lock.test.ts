import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withLock } from '../../../scripts/lib/lock.mjs'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'))
  file = join(folder, 'lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a lock', () => {
  it('lets the second in when the first has finished', async () => {
    const order: string[] = []
    const work = (name: string) => withLock(file, async () => {
      order.push(`${name} in`)
      await new Promise(resolve => setImmediate(resolve))
      order.push(`${name} out`)
    })
    await Promise.all([work('first'), work('second')])
    expect(order).toEqual(['first in', 'first out', 'second in', 'second out'])
  })

  it('is given back when the work fails', async () => {
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(existsSync(file)).toBe(false)
  })

  it('of a process that is gone counts for nothing', async () => {
    const nobody = 2 ** 22 + 1
    writeFileSync(file, String(nobody))
    let ran = false
    await withLock(file, async () => {
      ran = true
    })
    expect(ran).toBe(true)
  })
})
