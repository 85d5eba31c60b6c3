import { describe, expect, it } from 'vitest'
import { firstDifference } from '../../../scripts/lib/dependencies.mjs'

const locked = {
  '': { version: '0.1.0' },
  'playground': {},
  'node_modules/vue': { version: '3.5.0' },
  'node_modules/@esbuild/aix-ppc64': { version: '0.25.0', optional: true },
  'node_modules/nuxt-b24-pull': { link: true },
}
const { '': _root, playground: _playground, ...installed } = locked

describe('the installed dependencies', () => {
  it('are up to date when every locked package stands there in its version', () => {
    expect(firstDifference(locked, installed)).toBeUndefined()
  })

  it('are missing altogether when npm has left no record', () => {
    expect(firstDifference(locked, undefined)).toBe('node_modules')
  })

  it('are stale when a package has another version', () => {
    expect(firstDifference(locked, { ...installed, 'node_modules/vue': { version: '3.4.0' } })).toBe('node_modules/vue')
  })

  it('are stale when a package is missing', () => {
    const { 'node_modules/vue': _vue, ...rest } = installed
    expect(firstDifference(locked, rest)).toBe('node_modules/vue')
  })

  it('are up to date without the optional packages of other platforms', () => {
    const { 'node_modules/@esbuild/aix-ppc64': _aix, ...rest } = installed
    expect(firstDifference(locked, rest)).toBeUndefined()
  })
})
