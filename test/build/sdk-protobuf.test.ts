import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { leaveOutProtobuf } from '../../src/setup-sdk-protobuf'

const WITHIN = '@bitrix24/b24jssdk/dist/esm/pullClient/protobuf'
const installed = join(root, 'node_modules', WITHIN)
const home = mkdtempSync(join(tmpdir(), 'nuxt-b24-pull-'))
const { load } = leaveOutProtobuf('/pull/push-protobuf')

afterAll(() => rmSync(home, { recursive: true }))

/** The SDK's folder with one file changed. */
function changed(file: string, change: (code: string) => string): string {
  const folder = join(mkdtempSync(join(home, 'sdk-')), WITHIN)
  cpSync(installed, folder, { recursive: true })
  writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')))
  return join(folder, 'index.mjs')
}

describe('the SDK\'s copy of protobuf.js', () => {
  it('is left out of the build where it is the one that is known', async () => {
    expect(await load(join(installed, 'index.mjs'))).toContain('from "/pull/push-protobuf"')
    expect(await load(changed('model.mjs', code => code.replace(/@version \S+/, '@version 2.9.9')))).toContain('/pull/push-protobuf')
  })

  it.each(['index.mjs', 'model.mjs'])('stays where %s is another', async (file) => {
    expect(await load(changed(file, code => code.replace('export {', 'const more = 1;\nexport { more,')))).toBeUndefined()
  })

  it('stays where a file of it is missing', async () => {
    const entry = changed('index.mjs', code => code)
    rmSync(join(dirname(entry), 'model.mjs'))
    expect(await load(entry)).toBeUndefined()
  })

  it('is all that is touched', async () => {
    expect(await load(join(installed, 'model.mjs'))).toBeUndefined()
    expect(await load('/app/pullClient/protobuf/index.mjs')).toBeUndefined()
  })
})
