import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from '../../support/axe'
import { openConnection, serveConnectionPage } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { pageForFile } from '../../support/page-for-file'

// How the portal's page looks: what can be read, seen together, and moved.

const site = pageForFile(serveConnectionPage)
let open: OpenConnection

beforeAll(async () => {
  open = await openConnection(site.browser, { app: site.url, faults: { 'push-delay': { ms: 1 } }, placements: [{ placement: 'LEFT_MENU' }] })
  open.portal.emit({ module: 'application', command: 'ping' })
  await open.inFrame(page => page.connection.call('no.such.method', {}).catch(() => {}))
})

afterAll(() => open.close())

const tools = () => open.page.getByRole('complementary', { name: 'Tools' })

const TABS = ['Send', 'Log', 'App', 'Connections', 'Faults', 'Portal']

describe.each(['light', 'dark'] as const)('the page, %s', (colorScheme) => {
  it.each(TABS)('can be read by everybody in “%s”, by WCAG AA, on a wide screen and on a narrow one', async (tab) => {
    await open.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await open.page.waitForFunction(scheme => document.documentElement.classList.contains(scheme), colorScheme)
    await tools().getByRole('tab', { name: tab }).click()
    if (tab === 'Log') await open.page.getByRole('list', { name: 'Log, newest first' }).getByRole('button').first().click()
    for (const width of [1440, 800]) {
      await open.page.setViewportSize({ width, height: 900 })
      await expect.poll(() => violations(open.page, colorScheme), { interval: 1_000 }).toEqual([])
    }
  })
})

describe('the page by keys', () => {
  it.each(TABS)('shows where the Tab key has gone, in “%s”', async (tab) => {
    await open.page.setViewportSize({ width: 1440, height: 900 })
    await tools().getByRole('tab', { name: tab }).click()
    const walk = await open.page.evaluateHandle(() => {
      /** How an element looks, and what is around it: a field may show its focus on its frame. */
      const look = (element: Element) => [element, element.parentElement!, element.parentElement!.parentElement!]
        .map((one) => {
          const { outline, boxShadow, backgroundColor, borderColor, textDecorationLine } = getComputedStyle(one)
          return [outline, boxShadow, backgroundColor, borderColor, textDecorationLine].join()
        }).join()
      const unseen: string[] = []
      const places = new Set<string>()
      let first: Element | null = null
      let last: { element: Element, focused: string } | null = null
      return {
        /** Looks at what has the focus now, and at what has just lost it; true = it has come round. */
        step() {
          if (last && last.element.isConnected && last.element !== document.activeElement && look(last.element) === last.focused) unseen.push(last.element.outerHTML.slice(0, 200))
          const element = document.activeElement
          // Between a frame and what follows, nothing has the focus for a moment.
          last = element && element !== document.body && element.tagName !== 'IFRAME' ? { element, focused: look(element) } : null
          if (last && last.element === first) return true
          first ??= last?.element ?? null
          places.add(last?.element.closest('header, [role=tablist], [role=tabpanel]')?.role ?? last?.element.closest('header')?.tagName ?? '')
          return false
        },
        end: () => ({ unseen, places: [...places] }),
      }
    })
    // From the very beginning of the page.
    await open.page.evaluate(() => {
      document.body.tabIndex = -1
      document.body.focus()
      document.body.removeAttribute('tabindex')
    })
    await expect.poll(async () => {
      await open.page.keyboard.press('Tab')
      return walk.evaluate(walk => walk.step())
    }, { interval: 0 }).toBe(true)
    const { unseen, places } = await walk.evaluate(walk => walk.end())
    expect(unseen).toEqual([])
    expect(places).toEqual(expect.arrayContaining(['HEADER', 'tablist', 'tabpanel']))
  })
})

describe('app and tools', () => {
  const boxes = async () => {
    const box = async (selector: string) => (await open.page.locator(selector).first().boundingBox())!
    return { app: await box('[data-testid="app-frame"]'), tools: await box('aside') }
  }

  it('are side by side, and the line between them is moved by keys', async () => {
    await open.page.setViewportSize({ width: 1440, height: 900 })
    const before = await boxes()
    expect(before.app.x + before.app.width).toBeLessThanOrEqual(before.tools.x)
    const line = open.page.getByRole('separator', { name: 'Width of the tools' })
    await line.focus()
    await open.page.keyboard.press('ArrowLeft')
    await expect.poll(async () => (await boxes()).tools.width).toBeGreaterThan(before.tools.width + 20)
  })

  it('are seen together at 800 px, without opening the app anew', async () => {
    const frame = await open.page.getByTestId('app-frame').elementHandle()
    await open.page.setViewportSize({ width: 800, height: 900 })
    await open.page.getByRole('separator', { name: 'Height of the tools' }).waitFor()
    const { app, tools } = await boxes()
    expect(app.y + app.height).toBeLessThanOrEqual(tools.y)
    expect(app.height).toBeGreaterThan(200)
    expect(tools.y + tools.height).toBeLessThanOrEqual(900)
    expect(tools.height).toBeGreaterThan(200)
    expect(await frame!.evaluate(element => element.isConnected)).toBe(true)
  })
})
