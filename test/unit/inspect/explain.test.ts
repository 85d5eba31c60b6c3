// @vitest-environment happy-dom
import { defineComponent, h, KeepAlive, nextTick, ref } from 'vue'
import { describe, expect, it } from 'vitest'
import { object, string } from 'valibot'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { usePullSend } from '../../../src/runtime/app/composables/usePullSend'
import type { UsePullCommandOptions } from '../../../src/runtime/types'
import { mountWithPull, useInComponent } from '../../support/mount-with-pull'
import { createInspectedPull } from './support'
import type { InspectedPull } from './support'

/** A component that listens, and what it returns. */
function listen(pull: InspectedPull, options: UsePullCommandOptions<never> = {}, command = 'deal.saved', module = 'application') {
  let result: ReturnType<typeof usePullCommand> | undefined
  const wrapper = mountWithPull(defineComponent({ name: 'DealCard', setup() {
    result = usePullCommand(module, command, options as object)
    return () => h('i')
  } }), pull)
  return { ...result!, wrapper }
}

const receive = ({ connection }: InspectedPull, command = 'deal.saved', module = 'application', more = {}) => connection.receive({ module, command, params: { id: 7 }, ...more })

describe('what is in the way is said, with the component that listens', () => {
  it('where another letter case was sent, whichever of the two is asked for', () => {
    const pull = createInspectedPull()
    listen(pull)
    receive(pull, 'Deal.Saved')
    expect(pull.explain('application', 'Deal.Saved')).toMatch(/'application' \/ 'Deal\.Saved' came once.*<DealCard> \(.*explain\.test\.ts:\d+\) listens to 'deal\.saved'.*upper and lower case/)
    expect(pull.explain('application', 'deal.saved')).toMatch(/Nothing named 'application' \/ 'deal\.saved' has come so far, but 'application' \/ 'Deal\.Saved' came.*upper and lower case/)
  })

  it('where the module is another', () => {
    const pull = createInspectedPull()
    listen(pull, {}, 'deal.saved', 'crm')
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/<DealCard>.* listens to 'deal\.saved' of the module 'crm', and this one is of the module 'application'/)
    expect(pull.explain('crm', 'deal.saved')).toMatch(/Nothing named 'crm'.*, but 'application' \/ 'deal\.saved' came/)
  })

  it('where one of the two is misspelt', () => {
    const pull = createInspectedPull()
    listen(pull, {}, 'deal.svaed')
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/listens to 'deal\.svaed': is one of the two misspelt\?/)
    expect(pull.explain('application', 'deal.svaed')).toMatch(/is one of the two misspelt\?/)
  })

  it('where a filter answers false', () => {
    const pull = createInspectedPull()
    listen(pull, { filter: () => false })
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/left it aside: its `filter` answered false/)
  })

  it('where a schema refuses, with the path', () => {
    const pull = createInspectedPull()
    listen(pull, { schema: object({ id: string() }) } as never)
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/The schema of <DealCard>.* refused it: params\.id – .*string/)
  })

  it('where it is paused', () => {
    const pull = createInspectedPull()
    listen(pull).pause()
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/<DealCard>.* was paused by pause\(\): it hears again after resume\(\)/)
  })

  it('where it is inside a deactivated <KeepAlive>', async () => {
    const pull = createInspectedPull()
    const isShown = ref(true)
    const Card = defineComponent({ name: 'DealCard', setup() {
      usePullCommand('application', 'deal.saved', { whileActive: true })
      return () => h('i')
    } })
    mountWithPull({ render: () => h(KeepAlive, () => isShown.value ? h(Card) : undefined) }, pull)
    isShown.value = false
    await nextTick()
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/<DealCard>.* is inside a deactivated <KeepAlive>/)
  })

  it('where the page itself sent it and wants none of its own', async () => {
    const pull = createInspectedPull()
    const { result } = useInComponent(() => usePullSend(), pull)
    listen(pull, { ignoreOwn: true })
    await result.sendAsync('deal.saved', { id: 1 })
    const { PARAMS } = pull.connection.calls.at(-1)!.params as { PARAMS: Record<string, unknown> }
    pull.connection.receive({ module: 'application', command: 'deal.saved', params: PARAMS })
    expect(pull.explain('application', 'deal.saved')).toMatch(/has `ignoreOwn`, and this page itself had sent it/)
  })

  it('where a client sent it', () => {
    const pull = createInspectedPull()
    listen(pull)
    receive(pull, 'deal.saved', 'application', { type: 'client' })
    expect(pull.explain('application', 'deal.saved')).toMatch(/hears what servers send: this was sent by a client, which `type: 'client'` hears/)
  })

  it('where another app on the page listens', () => {
    const other = createInspectedPull()
    listen(other)
    const pull = createInspectedPull()
    receive(pull)
    expect(pull.explain('application', 'deal.saved', [other.inspector])).toMatch(/<DealCard>.* listens to it in another app on this page/)
    expect(other.explain('application', 'deal.saved', [pull.inspector])).toMatch(/Nothing named.* in this app, but it came to another app on this page/)
  })
})

describe('and else', () => {
  it('that it is heard, and by whom', () => {
    const pull = createInspectedPull()
    listen(pull)
    receive(pull)
    expect(pull.explain('Application', 'deal.saved')).toMatch(/came once, just now, and was heard by <DealCard>/)
  })

  it('that a component was unmounted a moment ago', () => {
    const pull = createInspectedPull()
    listen(pull).wrapper.unmount()
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/nobody listens to it\. <DealCard>.* listened to it until it was unmounted or stopped, just now/)
  })

  it('that nothing has come, and where to look', () => {
    const pull = createInspectedPull()
    listen(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/Nothing named 'application' \/ 'deal\.saved' has come so far; <DealCard>.* would hear it\. Look at the sender: an event reaches only the frames of the very app that sends it/)
  })

  it('that there is nobody at all', () => {
    const pull = createInspectedPull()
    expect(pull.explain('application', 'deal.saved')).toMatch(/nobody in this app listens to it/)
    receive(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/there is no usePullCommand\('application', 'deal\.saved'\) in a mounted component/)
  })

  it('that it came before anybody listened', () => {
    const pull = createInspectedPull()
    receive(pull)
    listen(pull)
    expect(pull.explain('application', 'deal.saved')).toMatch(/before <DealCard>.* began to listen.*`replay: true`/)
  })

  it('that this page could not send it', async () => {
    const pull = createInspectedPull()
    pull.connection.answer = () => {
      throw new Error('access_token=0123456789abcdef0123456789abcdef is wrong')
    }
    const { result } = useInComponent(() => usePullSend(), pull)
    await result.sendAsync('deal.saved', {}).catch(() => {})
    expect(pull.explain('application', 'deal.saved')).toMatch(/This page sent it just now, and that failed: /)
    expect(pull.explain('application', 'deal.saved')).not.toMatch(/0123456789abcdef/)
  })

  it('that there is no connection, which is told first', () => {
    const pull = createInspectedPull()
    listen(pull)
    pull.context.pull.stop()
    expect(pull.explain('application', 'deal.saved')).toMatch(/^The connection is closed, so nothing arrives now/)
  })
})
