import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { pageForFile } from '../support/page-for-file'
import { PATIENCE } from '../support/patience'
import { openSurface, serveSurfacePage } from '../support/surface-page'
import type { OpenSurface } from '../support/surface-page'

// Ten reasons why nothing arrives, each planted in a component of one page, and what the page says of it.

const site = pageForFile(serveSurfacePage)
let open: OpenSurface

beforeAll(async () => {
  open = await openSurface(site.browser, { app: site.url, server: { version: 5, mode: 'personal' } })
  for (const reason of ['case', 'module', 'typo', 'filter', 'schema', 'pause', 'own', 'type']) await open.mount('Planted', { reason })
  await open.mount('Kept')
  await open.mount('Sender', { command: 'planted.own' })
  await open.inFrame(surface => surface.mountElsewhere('Planted', { reason: 'app' }))
  await open.app.getByTestId('hide').click()
  for (const command of ['Planted.Case', 'planted.module', 'planted.typo', 'planted.filter', 'planted.schema', 'planted.pause', 'planted.keep', 'planted.type', 'planted.app']) {
    open.portal.emit({ module: 'application', command, params: { deal: { id: 7 } } })
  }
  await open.app.getByTestId('send').click()
  await vi.waitFor(async () => expect(await open.inFrame(({ inspectors }) => inspectors[0]!.messages.length)).toBe(10), PATIENCE)
})

afterAll(() => open?.close())

/** What became of the message in those who listen: verdicts, or else what is in the way. */
const verdicts = (command: string) => open.inFrame(({ inspectors: [inspector] }, name) => {
  const record = inspector!.messages.find(({ message }) => message.command === name)!
  return inspector!.verdictsOf(record).map(({ kind, listener }) => `${kind}: ${listener.place.component}`)
}, command)

const explained = (module: string, command: string) => open.inFrame((_surface, [of, name]) => window.explainPull!(of!, name!), [module, command])

it.each([
  ['Planted.Case', [], /<PlantedCard> \(.+:\d+\) listens to 'planted\.case': commands are compared letter by letter/],
  ['planted.module', [], /<PlantedCard>.* listens to 'planted\.module' of the module 'crm', and this one is of the module 'application'/],
  ['planted.typo', [], /<PlantedCard>.* listens to 'planted\.tpyo': is one of the two misspelt\?/],
  ['planted.filter', ['filtered: PlantedCard'], /its `filter` answered false/],
  ['planted.schema', ['refused: PlantedCard'], /refused it: params\.deal\.id – must be text/],
  ['planted.pause', ['paused: PlantedCard'], /was paused by pause\(\)/],
  ['planted.keep', ['deactivated: PlantedCard'], /is inside a deactivated <KeepAlive>/],
  ['planted.own', ['own: PlantedCard'], /has `ignoreOwn`, and this page itself had sent it/],
  ['planted.type', [], /<PlantedCard>.* has `type: 'client'`, and this was sent by a server/],
  ['planted.app', [], /App 1 of 2: 'application' \/ 'planted\.app' came once.*<PlantedCard>.* listens to it in another app on this page/],
] as const)('says of %s why nobody hears it', async (command, kinds, sentence) => {
  expect(await verdicts(command)).toEqual(kinds)
  expect(await explained('application', command)).toMatch(sentence)
})

it('says the same to who asks for what the component listens to', async () => {
  expect(await explained('application', 'planted.case')).toMatch(/Nothing named 'application' \/ 'planted\.case' has come so far, but 'application' \/ 'Planted\.Case' came/)
  expect(await explained('crm', 'planted.module')).toMatch(/but 'application' \/ 'planted\.module' came/)
  expect(await explained('application', 'planted.tpyo')).toMatch(/but 'application' \/ 'planted\.typo' came/)
})

it('knows what this page sent', async () => {
  expect(await open.inFrame(({ inspectors: [inspector] }) => inspector!.sent.map(({ module, command, params, error }) => ({ module, command, params, error })))).toEqual([
    { module: 'application', command: 'planted.own', params: { id: 1 }, error: null },
  ])
})
