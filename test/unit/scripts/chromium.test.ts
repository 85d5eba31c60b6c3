import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findChromium, findHeadlessShell } from '../../../scripts/lib/chromium.mjs'

let folder: string

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chromium-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function program(name: string, exitCode: number) {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\nexit ${exitCode}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('the browser of the tests', () => {
  it('is the one that CHROME_PATH names', () => {
    const named = program('my-browser', 0)
    program('chromium', 0)
    expect(findChromium({ CHROME_PATH: named, PATH: folder })).toBe(named)
  })

  it('is never another than the one that was named', () => {
    program('chromium', 0)
    expect(() => findChromium({ CHROMIUM_PATH: join(folder, 'gone'), PATH: folder })).toThrow('CHROMIUM_PATH does not start')
  })

  it('is looked for in PATH, and one that does not start is passed over', () => {
    program('chromium-browser', 1)
    const chrome = program('google-chrome', 0)
    expect(findChromium({ PATH: folder })).toBe(chrome)
  })

  it('is one without windows where there is such a one, and none is named', () => {
    expect(findHeadlessShell({ PATH: folder })).toBeUndefined()
    const shell = program('chromium-headless-shell', 0)
    expect(findHeadlessShell({ PATH: folder })).toBe(shell)
    expect(findHeadlessShell({ PATH: folder, CHROME_PATH: program('my-browser', 0) })).toBeUndefined()
  })
})
