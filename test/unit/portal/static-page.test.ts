import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findPageDir } from '../../../src/portal/http/static-page'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'portal-page-'))
  await writeFile(join(root, 'package.json'), '{}')
})

afterEach(() => rm(root, { recursive: true }))

const from = (path: string) => findPageDir(pathToFileURL(join(root, path)).href)

describe('findPageDir', () => {
  it.each(['src/portal/http/static-page.ts', 'dist/portal/index.mjs', 'dist/shared/chunk.mjs'])('finds the built page from %s', async (path) => {
    await mkdir(join(root, 'dist/portal-page'), { recursive: true })
    await writeFile(join(root, 'dist/portal-page/index.html'), '<!doctype html>')
    expect(from(path)).toBe(join(root, 'dist/portal-page'))
  })

  it('finds none when it has not been built, and looks no further than the package', async () => {
    expect(from('dist/portal/index.mjs')).toBeNull()
  })
})
