// @vitest-environment happy-dom
import { acceptHMRUpdate, defineStore } from 'pinia'
import type { StoreDefinition } from 'pinia'
import { nextTick, ref, watch } from 'vue'
import { describe, expect, it } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { useUserOnline } from '../../../src/runtime/app/composables/useUserOnline'
import type { TestPull } from '../../support/mount-with-pull'
import { createTestPull, useInComponent } from '../../support/mount-with-pull'

const ping = { module: 'application', command: 'ping' }

/** Pinia's own handling of an edited file: the definition as it was, and as it is now. */
async function edit(hot: object, before: StoreDefinition, after: StoreDefinition): Promise<void> {
  acceptHMRUpdate(before, hot)({ useStore: after })
  await nextTick()
}

/** What Vite keeps for a file over its versions. */
const createHot = () => ({ data: {} })

function use<T extends StoreDefinition>(useStore: T, pull: TestPull): ReturnType<T> {
  return useInComponent(() => useStore(), pull).result as ReturnType<T>
}

describe('a store that is edited', () => {
  const heard: string[] = []
  /** A composable that several stores share: its call site tells nothing of who calls. */
  const useHeard = (who: string) => usePullCommand('application', 'ping', () => void heard.push(who))
  const define = (id: string, who: string) => defineStore(id, () => ({ ...useHeard(who), who: () => who }))

  async function hears(pull: TestPull): Promise<string[]> {
    heard.length = 0
    pull.connection.receive(ping)
    return [...heard].sort()
  }

  it('hears each message once, in the new code, however often it is edited', async () => {
    const pull = createTestPull()
    const versions = ['first', 'second', 'third'].map(who => define('own', who))
    const store = use(versions[0]!, pull)
    const hot = createHot()
    expect(await hears(pull)).toEqual(['first'])
    await edit(hot, versions[0]!, versions[1]!)
    expect(await hears(pull)).toEqual(['second'])
    await edit(hot, versions[1]!, versions[2]!)
    expect(await hears(pull)).toEqual(['third'])
    expect([store.who(), store.count, store.isActive]).toEqual(['third', 3, true])
    store.stop()
    expect(await hears(pull)).toEqual([])
  })

  it('leaves alone the stores and components that share its composable, and those not edited', async () => {
    const pull = createTestPull()
    const before = define('own', 'own')
    use(before, pull)
    use(define('other', 'other'), pull)
    useInComponent(() => useHeard('component'), pull)
    await edit(createHot(), before, define('own', 'edited'))
    expect(await hears(pull)).toEqual(['component', 'edited', 'other'])
  })

  it('keeps what listens to the store itself', async () => {
    const pull = createTestPull()
    const before = define('own', 'own')
    const store = use(before, pull)
    const seen: number[] = []
    watch(() => store.count, count => seen.push(count), { flush: 'sync' })
    store.$subscribe(() => seen.push(-store.count), { flush: 'sync' })
    await edit(createHot(), before, define('own', 'edited'))
    pull.connection.receive(ping)
    expect(seen).toContain(1)
    expect(seen).toContain(-1)
  })

  it('may begin to listen, and end it', async () => {
    const pull = createTestPull()
    const silent = defineStore('own', () => ({ n: ref(1) }))
    const listening = define('own', 'edited')
    const hot = createHot()
    use(silent, pull)
    await edit(hot, silent, listening)
    expect(await hears(pull)).toEqual(['edited'])
    await edit(hot, listening, silent)
    expect(await hears(pull)).toEqual([])
  })

  it('lets go of the users that it watched', async () => {
    const pull = createTestPull()
    const before = defineStore('own', () => useUserOnline([7]))
    use(before, pull)
    expect(pull.connection.watchedUsers).toEqual([7])
    await edit(createHot(), before, defineStore('own', () => useUserOnline([8])))
    expect(pull.connection.watchedUsers).toEqual([8])
  })
})
