import { describe, expect, it } from 'vitest'
import { connectionName, portalPrefix } from '../../../../src/runtime/app/client/shared/name'

const owner = { portal: 'a'.repeat(32), app: 'local.1', prefix: 'b24-pull', userId: 1 }

describe('the name of a shared connection', () => {
  it('begins with the version of the wire and the portal', () => {
    expect(connectionName(owner).startsWith(`b24-pull/1/${owner.portal}/`)).toBe(true)
    expect(connectionName(owner).startsWith(portalPrefix(owner.portal))).toBe(true)
  })

  it.each([
    { portal: 'b'.repeat(32) },
    { app: 'local.2' },
    { prefix: 'other' },
    { userId: 2 },
  ])('differs where %o does', (change) => {
    expect(connectionName({ ...owner, ...change })).not.toBe(connectionName(owner))
  })

  it('lets no part reach into the next one', () => {
    expect(connectionName({ ...owner, app: 'a/b', prefix: 'c' })).not.toBe(connectionName({ ...owner, app: 'a', prefix: 'b/c' }))
  })

  it('is not begun by the name of another portal', () => {
    expect(connectionName({ ...owner, portal: 'ab' }).startsWith(portalPrefix('a'))).toBe(false)
  })
})
