import type { ComputedRef, InjectionKey } from 'vue'
import type { PortalFrame } from '../../../types'
import type { PortalClient } from './portal'
import { computed, provide, watch } from 'vue'
import { control } from '../control/client'
import { useAddress } from './address'
import { injectOwn } from '../shared/inject-own'

/** Whose portal this page shows. */
export interface Person {
  userId: ComputedRef<number>
  /** Whether it is the person before the screen, whom tests and code switch; else the page is one apart. */
  isMain: ComputedRef<boolean>
  /** The frames that this page shows. */
  frames: ComputedRef<readonly PortalFrame[]>
  /** Puts another person before this screen. Rejects where the portal refuses. */
  switchTo: (userId: number) => Promise<void>
}

const key: InjectionKey<Person> = Symbol('person')

/** `?user=2` makes the page that person's own, so that two browsers can be two people of one portal. */
export function providePerson({ state, isReady }: PortalClient): Person {
  const address = useAddress()
  const asked = computed(() => state.value.users.find(user => String(user.id) === address.user)?.id)
  const userId = computed(() => asked.value ?? state.value.currentUserId)
  const isMain = computed(() => userId.value === state.value.currentUserId)
  const frames = computed(() => state.value.frames.filter(frame => isMain.value ? !frame.isApart : frame.isApart && frame.userId === userId.value))

  // Whoever shows the person before the screen goes along when code puts another one there.
  watch(() => state.value.currentUserId, (now, before) => {
    if (before && (!address.user || address.user === String(before))) address.user = String(now)
  })

  watch([isReady, userId], async () => {
    if (!isReady.value || isMain.value || frames.value.length) return
    await control.openFrame({ userId: userId.value, isApart: true }).catch(() => {})
  }, { immediate: true })

  async function switchTo(next: number) {
    if (isMain.value) {
      await control.switchUser({ userId: next })
      return
    }
    const left = frames.value.filter(frame => !frame.isSlider)
    address.user = String(next)
    for (const { id } of left) await control.closeFrame({ frameId: id })
  }

  const person: Person = { userId, isMain, frames, switchTo }
  provide(key, person)
  return person
}

export const usePerson = (): Person => injectOwn(key, 'usePerson')
