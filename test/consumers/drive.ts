import type { Browser } from 'playwright-core'
import { watchProblems } from '../support/browser.ts'
import type { PageProblems } from '../support/browser.ts'
import type { Row } from './matrix.ts'

/** Long enough for a dev server that compiles its first page on a busy machine. */
const PATIENCE = 60_000

/** Nuxt's devtools, which every new app has on, look at the page around a frame, and log that they may not. */
const OF_DEVTOOLS = /Nuxt DevTools: Failed to check parent window|__NUXT_DEVTOOLS_DISABLE__/

/**
 * Devtools of older Nuxt bring Vite two dependencies late (`@vue/devtools-core`, `@vue/devtools-kit`): it prepares all anew and loads the
 * page again. Where that meets a page that is still loading, the page says this before it goes.
 */
const OUTDATED = /504 \(Outdated Optimize Dep\)/
const OUTDATED_ENTRY = /Failed to fetch dynamically imported module: \S+\/nuxt\/dist\/app\/entry\.js/

/** What a page told of itself, without what is of others. */
function ownProblems({ uncaught, consoleErrors }: PageProblems): string[] {
  const isReloaded = consoleErrors.some(line => OUTDATED.test(line))
  return [...uncaught.filter(line => !(isReloaded && OUTDATED_ENTRY.test(line))), ...consoleErrors.filter(line => !OF_DEVTOOLS.test(line) && !OUTDATED.test(line))]
}

/**
 * Opens the app in a portal and plays one ping each way, as a person does.
 * @param browser where
 * @param portal address of the portal's page
 * @param row
 * @param row.shows further elements by `data-testid`, and the text that they have to show in the end
 * @param row.loads how often to play, each time in the same page loaded anew
 * @throws when something that has to show does not, or the page reports a problem
 */
export async function drive(browser: Browser, portal: string, { shows, loads }: Pick<Row, 'shows' | 'loads'>): Promise<void> {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  const problems = watchProblems(page)
  const app = page.frameLocator('[data-testid="app-frame"]')
  const seen = (testId: string, text: string) => app.getByTestId(testId).filter({ hasText: new RegExp(`^\\s*${text}\\s*$`) }).waitFor()
  try {
    await page.goto(portal)
    for (let load = 1; load <= loads; load++) {
      if (load > 1) await page.reload()
      await playOnce()
    }
    const kept = await app.locator('body').evaluate(() => Object.keys(localStorage)).catch((): string[] => [])
    if (kept.includes('b24-pull') || (loads > 1 && !kept.includes('kept'))) throw new Error(`The browser has kept: ${kept.join(', ')}.`)
    const told = ownProblems(problems)
    if (told.length > 0) throw new Error(`The page reported:\n${told.join('\n')}`)
  }
  catch (error) {
    const frame = await app.locator('body').textContent({ timeout: 1_000 }).catch(() => 'nothing')
    throw new Error(`${(error as Error).message}\nThe app showed: ${frame}\nThe page reported: ${JSON.stringify(problems, null, 2)}`, { cause: error })
  }
  finally {
    await context.close()
  }

  async function playOnce(): Promise<void> {
    await seen('status', 'connected')
    await page.getByTestId('emit-module').fill('application')
    await page.getByTestId('emit-command').fill('ping')
    await page.getByTestId('emit-params').fill('{ "from": "the portal" }')
    await page.getByTestId('emit-send').click()
    await seen('heard', '1 the portal')
    await app.getByTestId('send').click()
    await seen('heard', '2 the app')
    await seen('stored', '2')
    for (const [testId, text] of Object.entries(shows)) await seen(testId, text)
  }
}

/**
 * Opens the live list of the template for two people, and lets one add what the other is to see.
 * @param browser where
 * @param portal address of the portal's page
 * @throws when the other does not see it
 */
export async function driveList(browser: Browser, portal: string): Promise<void> {
  const context = await browser.newContext()
  context.setDefaultTimeout(PATIENCE)
  const open = async (address: string) => {
    const page = await context.newPage()
    await page.goto(address)
    const app = page.frameLocator('[data-testid="app-frame"]')
    await app.getByTestId('status').filter({ hasText: /^\s*connected\s*$/ }).waitFor()
    return app
  }
  try {
    const ada = await open(portal)
    const emil = await open(`${portal}/?user=2`)
    await ada.getByLabel('New item').fill('Milk')
    await ada.getByRole('button', { name: 'Add' }).click()
    await emil.getByRole('listitem').filter({ hasText: 'Milk' }).waitFor()
  }
  finally {
    await context.close()
  }
}
