import type { Frame } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { commandsIn, connectedFrame } from '../../support/connection-page'
import type { OpenConnection } from '../../support/connection-page'
import { openForEachTest } from '../../support/open-for-each-test'

// Sending by hand, from the portal's page.

let open: OpenConnection
let app: Frame

openForEachTest(opened => (open = opened))
beforeEach(() => connect())

const connect = async () => void (app = await connectedFrame(open.page, open.portal.frames[0]!.id))
const button = (name: string | RegExp) => open.page.getByRole('button', { name, exact: true })
const field = (name: 'module' | 'command' | 'params') => open.page.getByTestId(`emit-${name}`)
const heard = (...commands: string[]) => expect.poll(() => commandsIn(app)).toEqual(commands)
const lastParams = () => app.evaluate(() => ({ ...window.testPage.recorded.messages.at(-1)?.params }))
const press = (key: string) => open.page.keyboard.press(key)

describe('a preset', () => {
  it('is kept for another day, fills the form, and can be removed', async () => {
    await field('command').fill('deal.saved')
    await field('params').fill('{ "id": 42 }')
    await button('Keep as preset').click()
    await open.page.getByLabel('Name of the preset').fill('A deal')
    await press('Enter')
    await button('A deal').waitFor()
    // The draft is there when whoever wrote it pauses.
    await expect.poll(() => new URL(open.page.url()).searchParams.get('command')).toBe('deal.saved')

    await open.page.reload()
    await connect()
    // The draft has lived through the reload, too.
    expect(await field('command').inputValue()).toBe('deal.saved')
    await field('command').fill('another')
    await button('A deal').click()
    await button('Send').click()
    await heard('deal.saved')
    expect(await lastParams()).toEqual({ id: 42 })

    await button('Remove the preset A deal').click()
    await button('A deal').waitFor({ state: 'detached' })
    await open.page.reload()
    await button('Ping').waitFor()
    expect(await button('A deal').count()).toBe(0)
  })
})

describe('what was sent before', () => {
  it('is sent again as it was, whatever stands in the form by now', async () => {
    await field('command').fill('first')
    await field('params').fill('{ "n": 1 }')
    await button('Send').click()
    await heard('first')
    await field('command').fill('second')
    await field('params').fill('{ "n": 2 }')
    await button('Send').click()
    await heard('first', 'second')
    // Above the first one, which it moves down.
    await button('Send again application:second').waitFor()
    await button('Send again application:first').click()
    await heard('first', 'second', 'first')
    expect(await lastParams()).toEqual({ n: 1 })
  })

  it('can be edited, and nothing is sent until then', async () => {
    await field('command').fill('first')
    await button('Send').click()
    await button('Edit application:first').waitFor()
    await field('command').fill('second')
    await button('Edit application:first').click()
    expect(await field('command').inputValue()).toBe('first')
    await heard('first')
  })
})

describe('sending many times', () => {
  it('sends as many as it says, at the rate it says', async () => {
    await open.page.getByLabel('How many times').fill('11')
    await open.page.getByLabel('How many per second').fill('20')
    await button('Send many').click()
    await heard(...Array.from({ length: 11 }, () => 'ping'))
    const took = await app.evaluate(() => {
      const times = window.testPage.recorded.messages.map(({ receivedAt }) => receivedAt)
      return times.at(-1)! - times[0]!
    })
    // Ten intervals of 50 ms; under load they may take longer, never half as long.
    expect(took).toBeGreaterThan(250)
    await button('Send many').waitFor()
  })

  it('can be stopped', async () => {
    await open.page.getByLabel('How many times').fill('1000')
    await open.page.getByLabel('How many per second').fill('10')
    await button('Send many').click()
    await open.page.getByRole('button', { name: /^Stop \(/ }).click()
    await button('Send many').waitFor()
    // Whatever had begun has arrived before this one.
    await field('command').fill('last')
    await button('Send').click()
    await expect.poll(async () => (await commandsIn(app)).at(-1)).toBe('last')
    expect((await commandsIn(app)).length).toBeLessThan(1_000)
  })

  it('sends nothing where the numbers make no sense', async () => {
    await open.page.getByLabel('How many times').fill('0')
    expect(await button('Send many').getAttribute('aria-disabled')).toBe('true')
    expect(await button('Send many').getAttribute('title')).toContain('From 1 to 10000 times')
  })
})

describe('the keyboard alone', () => {
  it('composes an event, sends it to one user, and does it again', async () => {
    await open.page.getByRole('tab', { name: 'Send' }).focus()
    const walkTo = async (reached: () => Promise<boolean>) => {
      for (let i = 0; i < 20 && !await reached(); i++) await press('Tab')
      expect(await reached()).toBe(true)
    }
    const isFocused = (testId: string) => open.page.getByTestId(testId).evaluate(element => element === document.activeElement)

    await walkTo(() => isFocused('emit-module'))
    await press('Tab')
    await press('ControlOrMeta+a')
    await open.page.keyboard.type('typed')
    await press('Tab')
    await press('ControlOrMeta+a')
    await open.page.keyboard.type('{ "by": "keys" }')
    await press('Tab')
    const receiver = open.page.getByRole('button', { name: 'Receiver' })
    expect(await receiver.evaluate(element => element === document.activeElement)).toBe(true)
    await press('Enter')
    await open.page.getByRole('option', { name: 'Ada Admin' }).waitFor()
    await walkToOption('Ada Admin')
    await press('Enter')
    await press('Escape')
    await walkTo(() => isFocused('emit-send'))
    await press('Enter')
    await heard('typed')
    expect(await lastParams()).toEqual({ by: 'keys' })
    expect(open.portal.log.findLast(({ title }) => title === 'application:typed')?.userId).toBe(1)

    await field('params').focus()
    await press('Control+Enter')
    await heard('typed', 'typed')
  })

  it('is led to the field with the mistake, which names line and column', async () => {
    await field('params').focus()
    await press('ControlOrMeta+a')
    await open.page.keyboard.type('{\n  "a": 1,\n}')
    await press('Control+Enter')
    await open.page.getByText('Line 3, column 1: No comma may stand before “}”.').waitFor()
    expect(await field('params').evaluate(element => element === document.activeElement)).toBe(true)
    const described = await field('params').getAttribute('aria-describedby')
    expect(await open.page.locator(`#${described?.split(' ').find(id => id.includes('error'))}`).textContent()).toContain('Line 3')
    await heard()
  })

  /** Moves down the open list to an option. */
  async function walkToOption(name: string): Promise<void> {
    const option = open.page.getByRole('option', { name })
    for (let i = 0; i < 5 && await option.getAttribute('data-highlighted') === null; i++) await press('ArrowDown')
    expect(await option.getAttribute('data-highlighted')).not.toBeNull()
  }
})
