import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { PortalOptions } from '../../../../src/portal'
import type { PortalState } from '../../../../src/portal/types'
import { ownEnv } from '../../../support/server'
import type { PullConfig } from './client'

const SCRIPT = fileURLToPath(new URL('run-portal.mjs', import.meta.url))

/** A dev portal in another process, reached over the network alone. */
export interface PortalProcess {
  url: string
  /** How it ended; null while it lives. */
  readonly end: string | null
  /** Bytes that it holds, after its garbage has been collected. */
  memory: () => Promise<number>
  state: () => Promise<PortalState>
  /** What a frame's form carries as its token. */
  token: () => Promise<string>
  /** A call of the control API, as the portal's page makes it. */
  control: (path: string, body: unknown) => Promise<{ status: number, body: unknown }>
  pullConfig: () => Promise<PullConfig>
  stop: () => Promise<void>
}

/** Starts one; only what JSON can hold can be an option. */
export async function startPortalProcess(options: Omit<PortalOptions, 'rest' | 'onProblem'>): Promise<PortalProcess> {
  const child = fork(SCRIPT, [JSON.stringify(options)], { execArgv: ['--expose-gc'], env: ownEnv(), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  let end: string | null = null
  let printed = ''
  child.stderr?.on('data', chunk => (printed += chunk))
  child.on('exit', (code, signal) => (end = `It ended with ${signal ?? `code ${code}`}: ${printed.slice(-2_000)}`))
  const [{ url }] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => {
    throw new Error(end ?? 'The portal did not start.')
  })]) as [{ url: string }]

  const state = async () => await (await fetch(`${url}/_portal/state`)).json() as PortalState
  async function control(path: string, body: unknown) {
    const response = await fetch(`${url}/_portal/${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'origin': url }, body: JSON.stringify(body) ?? '' })
    return { status: response.status, body: await response.json().catch(() => null) as unknown }
  }
  async function token() {
    const { body } = await control('frames/open', { userId: 1 }) as { body: { id: string, fields: Record<string, string> } }
    await control('frames/close', { frameId: body.id })
    return body.fields.AUTH_ID!
  }

  return {
    url,
    get end() {
      return end
    },
    async memory() {
      const answer = once(child, 'message') as Promise<[{ rss: number }]>
      child.send('memory')
      return (await answer)[0].rss
    },
    state,
    token,
    control,
    async pullConfig() {
      const response = await fetch(`${url}/rest/pull.application.config.get.json?auth=${await token()}`)
      return ((await response.json()) as { result: PullConfig }).result
    },
    async stop() {
      if (end !== null) return
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    },
  }
}
