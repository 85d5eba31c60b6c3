import { describe, expect, it } from 'vitest'
import { commandsIn, connectedFrame } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { openForEachTest } from '../../support/open-for-each-test'
import { PATIENCE } from '../../support/patience'

// People, presence and frames, as a person plays with them in the portal's page.

let open: OpenConnection

// Of version 5: no older push server tells an application who comes and goes.
openForEachTest(opened => (open = opened), { server: { version: 5 } })

const frameIdOf = (userId: number) => open.portal.frames.find(frame => frame.userId === userId)!.id
const shown = (userId: number) => connectedFrame(open.page, frameIdOf(userId))

async function choose(menu: string, item: string): Promise<void> {
  await open.page.getByRole('button', { name: menu }).first().click()
  await open.page.getByRole('menu').getByText(item).click()
}

/** Opens the app for user 2 beside user 1's. */
async function openBeside(): Promise<void> {
  await choose('Side by side', 'Emil Employee')
  await open.page.getByRole('region', { name: 'Portal of Emil' }).locator('iframe').waitFor()
}

describe('two users side by side', () => {
  it('never see what was sent to the other', async () => {
    await openBeside()
    const [one, two] = await Promise.all([shown(1), shown(2)])
    await open.page.getByTestId('emit-command').fill('for.emil')
    await open.page.getByRole('button', { name: 'Receiver' }).click()
    await open.page.getByRole('option', { name: 'Emil Employee' }).click()
    await open.page.keyboard.press('Escape')
    await open.page.getByTestId('emit-send').click()
    await expect.poll(() => commandsIn(two)).toEqual(['for.emil'])
    open.portal.emit({ module: 'application', command: 'for.ada', userId: 1 })
    open.portal.emit({ module: 'application', command: 'for.all' })
    await expect.poll(() => commandsIn(two)).toEqual(['for.emil', 'for.all'])
    await expect.poll(() => commandsIn(one)).toEqual(['for.ada', 'for.all'])
  })

  it('are who they are in REST, too', async () => {
    await openBeside()
    for (const userId of [1, 2]) {
      const frame = await shown(userId)
      expect(await frame.evaluate(() => window.testPage.connection.session.userId)).toBe(userId)
    }
  })

  it('leave one alone again when the other is closed', async () => {
    await openBeside()
    await shown(2)
    await choose('Side by side', 'Emil Employee')
    await open.page.getByRole('region', { name: 'Portal of Emil' }).waitFor({ state: 'detached' })
    await expect.poll(() => open.portal.connections.filter(({ userId }) => userId === 2).length).toBe(0)
    expect(open.portal.frames.map(({ userId }) => userId)).toEqual([1])
  })
})

describe('another user before the screen', () => {
  it('takes the place of the one who was there', async () => {
    const emil = open.page.getByRole('button', { name: /^Emil Employee/ })
    await emil.click()
    await expect.poll(() => emil.getAttribute('aria-pressed')).toBe('true')
    expect(open.portal.frames.map(({ userId }) => userId)).toEqual([2])
    await shown(2)
    await open.page.getByRole('button', { name: 'Emil Employee, online' }).waitFor()
  })
})

describe('a placement', () => {
  it('opens as one more frame, and the app sees its code and options', async () => {
    await choose('Open', 'Tab of deal 42')
    await open.page.getByRole('tab', { name: 'Tab of deal 42', selected: true }).waitFor()
    const [first, deal] = open.portal.frames
    const placementOf = async (id: string) => (await connectedFrame(open.page, id)).evaluate(() => {
      const { title, options } = window.testPage.connection.session.frame!.placement
      return { title, options: { ...options } }
    })
    expect(await placementOf(deal!.id)).toEqual({ title: 'CRM_DEAL_DETAIL_TAB', options: { ID: '42' } })
    expect((await placementOf(first!.id)).title).toBe('DEFAULT')
  })

  it('is closed from its bar, and its connection ends', async () => {
    await choose('Open', 'Tab of deal 42')
    const deal = open.portal.frames.at(-1)!
    await connectedFrame(open.page, deal.id)
    await open.page.getByRole('button', { name: 'Close Tab of deal 42' }).click()
    await open.page.locator(`[data-frame-id="${deal.id}"]`).waitFor({ state: 'detached' })
    await expect.poll(() => open.portal.connections.length).toBe(0)
  })
})

describe('the switch of presence', () => {
  it('tells the app who goes online and offline', async () => {
    const one = await shown(1)
    await one.evaluate(() => void window.testPage.connection.watchUser(2, () => {}))
    await open.portal.waitFor('log', 'Client calls subscribeStatusChange', { timeout: PATIENCE })
    await open.page.getByRole('tab', { name: 'Portal' }).click()
    const online = open.page.getByRole('switch', { name: 'Emil Employee is online' })
    for (const isOnline of ['true', 'false']) {
      await online.click()
      await expect.poll(() => online.getAttribute('aria-checked')).toBe(isOnline)
    }
    await expect.poll(() => one.evaluate(() => window.testPage.recorded.messages.map(({ module, params }) => [module, params.user_id, params.online])))
      .toEqual([['online', 2, true], ['online', 2, false]])
  })
})
