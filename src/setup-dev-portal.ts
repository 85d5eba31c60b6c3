import type { AddressInfo } from 'node:net'
import { isIPv6 } from 'node:net'
import { resolvePath, useLogger } from '@nuxt/kit'
import type { Nuxt } from '@nuxt/schema'
import { joinURL } from 'ufo'
import { holdPort } from './hold-port'
import type { ModuleOptions } from './options'
import type { Portal, PortalOptions } from './portal'

/** Preferred port of the portal: the same one after a restart of `nuxt dev`, so that its page stays open. Where it is taken, one of the next. */
const PREFERRED_PORT = 7324

/** Goes before the option: for scripts that have to know the port. */
const PORT_VARIABLE = 'B24_PULL_PORTAL_PORT'

/**
 * Starts the dev portal beside `nuxt dev`, where the option asks for it, and closes it with `nuxt dev`.
 *
 * @returns what to tell a developer whose app is not in a portal, and the portal's address; both `null` outside development
 */
export async function setupDevPortal(option: ModuleOptions['portal'], nuxt: Nuxt): Promise<{ hint: string | null, url: string | null }> {
  if (!nuxt.options.dev || nuxt.options._prepare) return { hint: null, url: null }
  if (!option) return { url: null, hint: 'Set `b24Pull: { portal: true }` in nuxt.config to have a dev portal beside `nuxt dev`, or open the app in your Bitrix24.' }

  const options = option === true ? {} : await withRestFile(option, nuxt)
  const logger = useLogger('nuxt-b24-pull')
  const chosen = portOfVariable() ?? options.port
  // The address is told now, and listened on when the app is up: one that starts beside this one would meanwhile choose the same.
  const { port, release } = chosen ? { port: chosen, release: async () => {} } : await holdPort(PREFERRED_PORT)
  let starting: Promise<Portal> | undefined

  nuxt.hook('listen', async (server, listener) => {
    const app = appAddress((server.address() as AddressInfo | null), !!(listener as { https?: unknown } | undefined)?.https)
    starting = import('./portal').then(async ({ createPortal }) => {
      await release()
      return createPortal({ onProblem: line => logger.warn(line), ...options, port, app: joinURL(app, nuxt.options.app.baseURL) })
    })
    logger.success(`The dev portal is at ${(await starting).url}`)
  })
  // A restart of `nuxt dev` is in the same process, and wants the same port.
  nuxt.hook('close', async () => {
    const portal = await starting?.catch(() => undefined)
    await portal?.close()
    await release()
  })

  const url = `http://127.0.0.1:${port}`
  return { url, hint: `Open the dev portal: ${url}` }
}

/** @throws Error that says what the variable may be */
function portOfVariable(): number | null {
  const given = process.env[PORT_VARIABLE]
  if (!given) return null
  const port = Number(given)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new Error(`[nuxt-b24-pull] The variable ${PORT_VARIABLE} was ${JSON.stringify(given)}. It may be a port, from 1 to 65535.`)
}

/** A file of REST methods belongs to the app, wherever `nuxt dev` was started; `~` and the like are Nuxt's. */
async function withRestFile<Options extends Pick<PortalOptions, 'rest'>>(options: Options, nuxt: Nuxt): Promise<Options> {
  return typeof options.rest === 'string' ? { ...options, rest: await resolvePath(options.rest, { cwd: nuxt.options.rootDir }) } : options
}

/** The address by which a browser on this machine reaches the app; cross-site to the portal's, as in life. */
function appAddress(address: AddressInfo | null, isHttps: boolean): string {
  const isLocal = !address || ['127.0.0.1', '0.0.0.0', '::1', '::'].includes(address.address)
  const host = isLocal ? 'localhost' : isIPv6(address.address) ? `[${address.address}]` : address.address
  return `${isHttps ? 'https' : 'http'}://${host}:${address?.port ?? 3000}`
}
