import process from 'node:process'
import { chromium } from 'playwright-core'
import { launchOptions, SHARED_BROWSER } from './browser.ts'

/** Once per run of a project: starts the Chromium to which the workers connect. Takes the one that stands in the environment, if any. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[SHARED_BROWSER]) return
  const server = await chromium.launchServer(launchOptions())
  process.env[SHARED_BROWSER] = server.wsEndpoint()
  return async () => {
    Reflect.deleteProperty(process.env, SHARED_BROWSER)
    await server.close()
  }
}
