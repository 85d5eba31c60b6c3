import type { InjectionKey } from 'vue'
import type { Front } from '../frames/front'
import type { Person } from './person'
import { provide, reactive, watch } from 'vue'
import { frontOf } from '../frames/front'
import { injectOwn } from '../shared/inject-own'

/** Which of each person's frames are in front. */
export interface Fronts {
  of: (userId: number) => Front
  /** Brings a tab to the front. */
  choose: (userId: number, frameId: string) => void
}

const key: InjectionKey<Fronts> = Symbol('fronts')

/** A tab that is opened comes to the front. */
export function provideFronts({ frames }: Person): void {
  const chosen = reactive(new Map<number, string>())
  const isTab = ({ isSlider, isHidden }: (typeof frames.value)[number]) => !isSlider && !isHidden

  watch(frames, (now, before) => {
    const fresh = now.filter(frame => isTab(frame) && !before.some(({ id }) => id === frame.id))
    // Of several at once, the first.
    for (const { userId, id } of fresh.toReversed()) chosen.set(userId, id)
  })

  provide(key, {
    of: userId => frontOf(frames.value.filter(frame => frame.userId === userId), chosen.get(userId)),
    choose: (userId, frameId) => chosen.set(userId, frameId),
  })
}

export const useFronts = (): Fronts => injectOwn(key, 'useFronts')
