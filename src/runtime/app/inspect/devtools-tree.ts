import type { Inspector, ListenerRecord } from './types'
import { who } from './words'

/** Rows of a kind that are shown; the panels of the dev portal show more. */
const MOST = 50

export interface TreeNode {
  id: string
  label: string
  tags?: { label: string, textColor: number, backgroundColor: number }[]
  children?: TreeNode[]
}

const tag = (label: string, isProblem: boolean) => ({ label, textColor: 0xFFFFFF, backgroundColor: isProblem ? 0xA65E00 : 0x5B6B7F })

/** Who listens, by component. */
export function listenerNodes({ listeners }: Inspector): TreeNode[] {
  const groups = new Map<string, ListenerRecord[]>()
  for (const listener of listeners) {
    if (listener.endedAt !== null) continue
    const name = who(listener)
    groups.set(name, [...groups.get(name) ?? [], listener])
  }
  return [...groups].flatMap(([name, group]) => group.map(({ id, wants, heard }) => ({
    id: `listener:${id}`,
    label: `${name} ${wants.module ?? 'nothing'}:${wants.commands.join(', ')}`,
    tags: [tag(`heard ${heard}`, false), ...(wants.state === 'active' ? [] : [tag(wants.state, true)])],
  })))
}

export function messageNodes(inspector: Inspector): TreeNode[] {
  return inspector.messages.slice(-MOST).reverse().map((record) => {
    const heard = inspector.verdictsOf(record).filter(({ kind }) => kind === 'heard').length
    return { id: `message:${record.seq}`, label: `${record.message.module}:${record.message.command}`, tags: [tag(heard ? `heard by ${heard}` : 'nobody', !heard)] }
  })
}

export function sentNodes({ sent }: Inspector): TreeNode[] {
  return sent.slice(-MOST).reverse().map(({ id, module, command, method, error }) => ({
    id: `sent:${id}`,
    label: module === null ? method : `${module}:${command}`,
    tags: error === null ? [] : [tag('refused', true)],
  }))
}
