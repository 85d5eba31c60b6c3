import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPortal } from '../../../src/portal'
import { missingMethod } from '../../../src/portal/rest/missing-method'
import { control, rest, tokenOf } from './support/client'

async function fileOf(source: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'portal-rest-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const file = join(dir, 'portal-rest.mjs')
  await writeFile(file, source)
  return file
}

async function open(file: string, lines: string[] = []) {
  const portal = await createPortal({ app: 'http://localhost:3000', rest: file, onProblem: line => lines.push(line) })
  onTestFinished(() => portal.close())
  return portal
}

describe('a file of REST methods', () => {
  it('is read at the start, and again when it changes', async () => {
    const file = await fileOf('export default { "crm.deal.list": () => [1] }')
    const portal = await open(file)
    const token = tokenOf(portal)
    expect((await rest(portal, token, 'crm.deal.list')).result).toEqual([1])
    await writeFile(file, 'export default { "crm.deal.list": () => [1, 2], "crm.deal.get": ({ id }) => id }')
    await portal.waitFor('log', 'The REST methods have been read again', { timeout: 30_000 })
    expect((await rest(portal, token, 'crm.deal.list')).result).toEqual([1, 2])
    expect((await rest(portal, token, 'crm.deal.get', { id: 7 })).result).toBe(7)
    expect((await rest(portal, token, 'method.get', { name: 'crm.deal.get' })).result).toMatchObject({ isExisting: true })
  })

  it('that is broken goes on as it was, and says why', async () => {
    const file = await fileOf('export default { "crm.deal.list": () => [1] }')
    const lines: string[] = []
    const portal = await open(file, lines)
    await writeFile(file, 'export default { "crm.deal.list": 5 }')
    await portal.waitFor(() => lines.length > 0, { timeout: 30_000 })
    expect(lines[0]).toContain('crm.deal.list is no function.')
    expect(portal.log.at(-1)?.level).toBe('error')
    expect((await rest(portal, tokenOf(portal), 'crm.deal.list')).result).toEqual([1])
  })

  it.each([
    ['does not exist', null, 'There is no such file.'],
    ['exports nothing', 'export const a = 1', 'no default export'],
    ['cannot be loaded', 'export default {', 'could not be loaded'],
  ])('that %s stops the start', async (_what, source, why) => {
    const file = source === null ? '/nowhere/portal-rest.mjs' : await fileOf(source)
    await expect(open(file)).rejects.toMatchObject({ code: 'PORTAL_BAD_REST_FILE', message: expect.stringContaining(why) })
  })
})

describe('a method that is missing', () => {
  it('comes with the lines to add, in the log and for the file', async () => {
    const file = await fileOf('export default {}')
    const portal = await open(file)
    await rest(portal, tokenOf(portal), 'crm.deal.list')
    expect(portal.log.find(({ title }) => title === 'The dev portal has no method crm.deal.list')?.details)
      .toMatchObject({ fix: expect.stringContaining(file), lines: '  \'crm.deal.list\': (params, { user }) => [],' })
  })

  it.each(['crm.deal.list', 'crm.deal.get', 'crm.deal.add', 'crm.deal.fields', 'crm.deal.update', 'evil\'}]'])('%s: the lines are a file that works', async (method) => {
    const { lines, fix } = missingMethod(method, null)
    expect(fix).toContain('--rest ./portal-rest.mjs')
    const portal = await open(await fileOf(lines))
    expect((await rest(portal, tokenOf(portal), method.replaceAll(/[^\w.]/g, ''))).status).toBe(200)
  })
})

describe('a call by hand', () => {
  it('is made for the user it names, and says how it ended', async () => {
    const portal = await open(await fileOf('export default { "my.method": (params, { user }) => ({ params, user: user.id }) }'))
    expect((await control(portal, 'rest/call', { method: 'my.method', params: { a: 1 }, userId: 2 })).body).toEqual({ status: 200, error: null, description: null, result: { params: { a: 1 }, user: 2 } })
    expect(portal.log.at(-1)).toMatchObject({ title: 'my.method', userId: 2, details: { result: { params: { a: 1 }, user: 2 } } })
    expect((await control(portal, 'rest/call', { method: 'no.such' })).body).toMatchObject({ status: 404, error: 'ERROR_METHOD_NOT_FOUND' })
  })
})
