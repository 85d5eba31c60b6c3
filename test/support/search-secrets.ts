import type { Frame } from 'playwright-core'
import { expect } from 'vitest'
import type { PortalOptions } from '../../src/portal'
import { clickSend, connectedFrame, reopen } from './life-app'
import { PATIENCE } from './patience'
import type { OpenPortal } from './portal-page'
import { findSecrets } from './walk'

/** A push server, as far as its secrets depend on it. */
export type Server = Required<Pick<NonNullable<PortalOptions['server']>, 'version' | 'transport' | 'mode'>>

/** Makes everything happen of which something is told: messages, cuts, a gap, failed REST, expired and refused tokens, a taken scope. */
async function sufferEverything({ portal }: OpenPortal, frame: Frame, { version, transport, mode }: Server): Promise<void> {
  const isConnected = () => frame.getByTestId('status').filter({ hasText: /^connected$/ }).waitFor()
  const hasGap = (cause: string) => frame.waitForFunction(word => window.life.seen.some(line => (line as [string, { cause?: string }])[0] === 'b24-pull:gap' && (line as [string, { cause?: string }])[1].cause === word), cause)
  const send = () => clickSend(frame)
  const sendFails = async (code: string) => {
    await send()
    await expect.poll(() => frame.getByTestId('send-error').textContent()).toBe(code)
  }
  // New channels, and nothing received on the old ones.
  portal.faults.on('channel-expire', { action: 'get_config' })
  await hasGap('channel-changed')
  await isConnected()
  portal.emit({ module: 'application', command: 'numbered', params: { n: 1 } })
  portal.sendRaw('nonsense')
  portal.emit({ module: 'application', command: 'failing' })
  portal.faults.on('expire-tokens')
  const renewed = portal.waitFor('request', ({ method, status }) => method === 'pull.application.event.add' && status === 200, { timeout: PATIENCE })
  await send()
  await renewed
  portal.faults.on('fail-method', { method: 'pull.application.event.add', status: 400, error: 'COMMAND_ERROR' })
  await sendFails('COMMAND_ERROR')
  portal.faults.on('refuse-scope')
  await sendFails('INSUFFICIENT_SCOPE')
  portal.faults.clear()
  // On one of them: the SDK waits 10 s for the answer.
  if (version < 5 || transport !== 'websocket' || mode !== 'personal') return
  portal.faults.on('refuse-refresh')
  portal.faults.on('expire-tokens')
  await sendFails('AUTH_EXPIRED')
  portal.faults.clear()
}

/**
 * Makes everything happen in an app, and looks in all that it, its logs and its tools can reach for what has gone over the wire.
 *
 * @returns the names of the devtools' globals, which have been searched too
 */
export async function searchAfterEverything(open: OpenPortal, settings: Server): Promise<string[]> {
  await connectedFrame(open)
  const wire = collectSecrets(open)
  // From here on every secret goes by the collector.
  const frame = await reopen(open)
  await sufferEverything(open, frame, settings)

  const kinds = await wire.secrets()
  // The collector works: nothing is found that it does not know. Before version 4, a config names no public channels, which are what is signed.
  const { version, mode } = settings
  expect([...kinds.keys()]).toEqual(expect.arrayContaining(['AUTH_ID', 'REFRESH_ID', 'id', 'public_id', ...version >= 4 ? ['signature'] : [], ...version >= 5 ? ['jwt'] : [], ...mode === 'shared' ? ['clientId'] : []]))
  const secrets = [...new Set([...kinds.values()].flat())]
  expect(await frame.evaluate(() => window.life.app.$b24Pull.transport.value)).toBe(settings.transport)
  const { probe, told, tools, reachedByTools, ...places } = await frame.evaluate(([walk, values]) => {
    const find = (0, eval)(`(${walk})`) as typeof findSecrets
    const { seen, app } = window.life
    const devtools = Object.fromEntries(Object.getOwnPropertyNames(window).filter(name => name.includes('DEVTOOLS')).map(name => [name, window[name as keyof Window] as unknown]))
    return {
      probe: find({ a: new Map([['b', () => {}]]), [Symbol('s')]: [values[0]] }, values).found,
      told: seen.map(line => (line as unknown[])[0]),
      tools: Object.keys(devtools),
      reachedByTools: find(devtools, ['numbered']).found.length,
      written: find([JSON.stringify(app.$pinia.state.value), JSON.stringify(app.payload), document.documentElement.outerHTML], values),
      hooksAndLog: find(seen, values),
      pull: find(app.$b24Pull, values),
      frame: find(app.$b24Pull.frame.value, values),
      pinia: find(app.$pinia, values),
      payload: find(app.payload, values),
      devtools: find(devtools, values),
    }
  }, [findSecrets.toString(), secrets] as const)
  expect(probe).toHaveLength(1)
  expect(told).toEqual(expect.arrayContaining(['b24-pull:message', 'b24-pull:status', 'b24-pull:gap', 'b24-pull:error', 'error', 'log']))
  for (const [place, { found }] of Object.entries(places)) expect(found, place).toEqual([])
  expect(places.pull.visited).toBeGreaterThan(30)
  // From the devtools, too, the search gets as far as the messages that the store keeps.
  if (tools.length > 0) expect(reachedByTools).toBeGreaterThan(0)
  // What the server rendered, from a form that had the tokens in it.
  const html = wire.documents()
  expect(html).toContain('__NUXT')
  expect(secrets.filter(secret => html.includes(secret))).toEqual([])
  return tools
}

/** Every secret that goes by between portal and page from now on, as the wire has it, by its name there. */
function collectSecrets({ page }: OpenPortal): { secrets: () => Promise<Map<string, string[]>>, documents: () => string } {
  const texts: Promise<{ text: string, isRest: boolean }>[] = []
  const documents: string[] = []
  page.on('response', (response) => {
    const isRest = response.url().includes('/rest/')
    const type = response.headers()['content-type'] ?? ''
    if (type.includes('json')) texts.push(response.text().then(text => ({ text, isRest }), () => ({ text: '', isRest })))
    else if (type.includes('html')) texts.push(response.text().catch(() => '').then((text) => {
      documents.push(text)
      return { text: '', isRest }
    }))
  })
  return {
    async secrets() {
      const found = new Map<string, string[]>()
      for (const { text, isRest } of await Promise.all(texts)) {
        const names = `AUTH_ID|REFRESH_ID|access_token|refresh_token|jwt|public_id|signature|clientId${isRest ? '|id' : ''}`
        for (const [, name = '', value = ''] of text.matchAll(new RegExp(String.raw`"(${names})\\?"\s*:\s*\\?"([^"\\]{16,})`, 'g'))) {
          found.set(name, [...found.get(name) ?? [], ...[value, ...value.split(/[.:]/)].filter(piece => piece.length >= 16)])
        }
      }
      return found
    },
    documents: () => documents.join('\n'),
  }
}
