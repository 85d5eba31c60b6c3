import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { loadNuxt } from '@nuxt/kit'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const app = join(root, '.packed/app-with-a-rest-file')

/** A small app under `nuxt dev`, as far as the module goes: Nuxt has loaded it, and a server listens. */
async function start(rest: string): Promise<string> {
  rmSync(app, { recursive: true, force: true })
  mkdirSync(join(app, 'app'), { recursive: true })
  writeFileSync(join(app, 'package.json'), '{ "private": true, "type": "module" }')
  writeFileSync(join(app, 'portal-rest.mjs'), 'export default { \'crm.deal.get\': () => ({ ID: \'42\' }) }\n')
  const nuxt = await loadNuxt({ cwd: app, dev: true, ready: true, overrides: { modules: [join(root, 'src/module.ts')], b24Pull: { portal: { rest } }, telemetry: false } as never })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  await nuxt.callHook('listen', server, {} as never)
  onTestFinished(async () => {
    await nuxt.close()
    server.close()
    rmSync(app, { recursive: true, force: true })
  })
  // Where the portal is stands in what the module tells the browser, too.
  const told = nuxt.options.build.templates.find(({ filename }) => filename === 'b24-pull-options.mjs')?.getContents?.({} as never)
  return /http:\/\/127\.0\.0\.1:\d+/.exec(String(told))![0]
}

it.each(['./portal-rest.mjs', '~~/portal-rest.mjs'])('finds the REST methods of the dev portal at %s in the app, wherever `nuxt dev` was started', async (rest) => {
  expect(process.cwd()).not.toBe(app)
  const url = await start(rest)
  const { frames } = await (await fetch(`${url}/_portal/state`)).json() as { frames: { fields: Record<string, string> }[] }
  const answer = await fetch(`${url}/rest/crm.deal.get.json?auth=${frames[0]!.fields.AUTH_ID}`)
  expect(await answer.json()).toMatchObject({ result: { ID: '42' } })
})
