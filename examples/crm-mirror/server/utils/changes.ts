import type { B24Event } from 'nuxt-b24-pull/server'

/** Tells the open frames of a portal that something has changed. However much that was: of one `key` only the newest is sent. */
export async function tellFrames(memberId: string, { name, id }: Pick<B24Event, 'name' | 'id'>): Promise<void> {
  const { send } = await sender
  if (name === 'ONCRMDEALDELETE') await send(memberId, { command: 'deal.removed', params: { id: id ?? 0 }, key: `deal:${id}` })
  else await send(memberId, { command: 'deals.changed', key: 'deals' })
}

let last = Promise.resolve()

/** Tells the frames what has changed while nobody listened. One run at a time: two would read each other's changes. */
export function catchUp(memberId: string, resume = false): Promise<void> {
  return last = last.then(async () => {
    const b24 = await openPortal(memberId)
    if (b24) await drainOfflineEvents(b24, event => tellFrames(memberId, event), { resume })
  }).catch(error => console.warn(`The changes in the portal ${memberId} could not be read:`, error))
}
