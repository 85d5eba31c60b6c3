import { PullError } from '../../utils/errors'
import type { Inspector, Place } from './types'
import { shortFile } from './words'

/** Rows of a kind that are shown; the panels of the dev portal show more. */
const MOST = 50

export interface TreeNode {
  id: string
  label: string
  tags?: { label: string, textColor: number, backgroundColor: number }[]
  children?: TreeNode[]
}

const tag = (label: string, isProblem: boolean) => ({ label, textColor: 0xFFFFFF, backgroundColor: isProblem ? 0xA65E00 : 0x5B6B7F })

/** Subscriptions, by component. */
export function listenerNodes({ listeners }: Inspector): TreeNode[] {
  return byComponent(listeners.filter(({ endedAt }) => endedAt === null), ({ id, wants, heard }) => ({
    id: `listener:${id}`,
    label: `${wants.module ?? 'nothing'}:${wants.commands.join(', ') || 'nothing'}${wants.type === 'server' ? '' : ` (${wants.type})`}`,
    tags: [...(wants.state === 'active' ? [] : [tag(wants.state, true)]), tag(`heard ${heard}`, false)],
  }))
}

/** What else of this module is in use, by component. */
export function useNodes({ uses }: Inspector): TreeNode[] {
  return byComponent(uses, ({ id, caller, read }) => {
    const { error, isStale, isActive = true } = read()
    return {
      id: `use:${id}`,
      label: caller,
      tags: [...(isActive ? [] : [tag('inactive', true)]), ...(isStale ? [tag('stale', true)] : []), ...(error instanceof PullError ? [tag(error.code, true)] : [])],
    }
  })
}

/** The part of a node that holds these words, in lower case; `null` where none does. */
export function withWords(node: TreeNode, words: string): TreeNode | null {
  if (node.label.toLowerCase().includes(words)) return node
  const children = node.children?.flatMap(child => withWords(child, words) ?? []) ?? []
  return children.length ? { ...node, children } : null
}

function byComponent<T extends { id: number, place: Place }>(records: readonly T[], toNode: (record: T) => TreeNode): TreeNode[] {
  const groups = new Map<string, T[]>()
  for (const record of records) {
    const { component, file } = record.place
    const name = `${component ? `<${component}>` : 'outside of components'}${file ? ` ${shortFile(file)}` : ''}`
    groups.set(name, [...groups.get(name) ?? [], record])
  }
  return [...groups].map(([label, group]) => ({ id: `component:${label}`, label, children: group.map(toNode) }))
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
