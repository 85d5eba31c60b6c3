import { EXIT } from '../exit-codes'
import type { Verb } from './verb'
import { TALKING } from './verb'

export const users: Verb = {
  name: 'users',
  description: 'Lists the people of the portal, and who is before the screen',
  args: TALKING,
  async run({ portal, tell }) {
    const { users, currentUserId } = await portal().state()
    tell({ users, currentUserId }, users.map(({ id, name, lastName, isAdmin, isOnline }) =>
      [String(id), `${name} ${lastName}`, isAdmin && 'admin', isOnline ? 'online' : 'offline', id === currentUserId && 'before the screen'].filter(Boolean).join('  ')))
    return EXIT.done
  },
}
