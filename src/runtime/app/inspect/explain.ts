import type { Pull, PullMessageType } from '../../types'
import { maskSecrets } from '../../utils/mask-secrets'
import { isNear } from './is-near'
import { nearMisses, rankOf } from './near-misses'
import type { Address } from './near-misses'
import type { Inspector, ListenerRecord, MessageRecord, NearMiss, Verdict } from './types'
import { isFor } from './verdicts'
import { ago, named, pathOf, quoted, times, took, who } from './words'

/** What is asked: why a command is not heard. */
export interface Question {
  inspector: Inspector & { readonly pull: Pull | null }
  /** Those of other apps on the same page. */
  others: readonly Inspector[]
  module: string
  command: string
}

/**
 * Says in a sentence or two why a command is not heard, or that it is.
 *
 * What is asked for may be what the app listens to, or what somebody sends: the answer is the same.
 */
export function explain({ inspector, others, module, command }: Question): string {
  const name = String(module).trim().toLowerCase()
  const address = (type: PullMessageType): Address => ({ module: name, command, type })
  const wanted = inspector.listeners.filter(({ wants }) => isFor(address('server'), wants) || isFor(address('client'), wants))
  const live = wanted.filter(({ endedAt }) => endedAt === null)
  const came = inspector.messages.filter(({ message }) => message.module === name && message.command === command)
  const newest = came.at(-1)
  const away = explainConnection(inspector.pull)
  const answer = newest
    ? explainArrived(newest, came.length, live, inspector, others)
    : explainMissing(inspector, others, name, command, live, wanted)
  return away ? `${away}${newest ? ` ${answer}` : ''}` : answer
}

/** `null` while it is there. */
function explainConnection(pull: Pull | null): string | null {
  const status = pull?.status.value
  if (!pull || status === 'connected') return null
  const reason = pull.reason.value
  if (status === 'idle') return 'The connection has not been started, so nothing arrives: call start() of usePull(), or leave `autoStart` on.'
  return `The connection is ${status}, so nothing arrives now.${reason ? ` ${reason.message} ${reason.fix}` : ''}`
}

/** The command came; somebody may have had a reason not to hear it. */
function explainArrived(newest: MessageRecord, count: number, live: readonly ListenerRecord[], inspector: Inspector, others: readonly Inspector[]): string {
  const { message } = newest
  const verdicts = inspector.verdictsOf(newest)
  const heard = verdicts.filter(({ kind }) => kind === 'heard')
  const deaf = verdicts.filter(({ kind, listener }) => kind !== 'heard' && listener.endedAt === null)
  const start = `${named(message)} came ${times(count)}, ${count === 1 ? '' : 'the last '}${ago(message.receivedAt)}`
  if (deaf.length) return `${start}${heard.length ? `, and ${heard.length === 1 ? `${who(heard[0]!.listener)} heard it` : `${heard.length} heard it`}` : ''}. ${deaf.slice(0, 3).map(fateOf).join(' ')}`
  const misses = nearMisses(message, inspector.listeners)
  if (heard.length) return `${start}, and was heard by ${heard.slice(0, 3).map(({ listener }) => who(listener)).join(', ')}${heard.length > 3 ? ` and ${heard.length - 3} more` : ''}. ${misses.length ? `${miss(misses[0]!, message)}` : ''}`.trim()
  if (misses.length) return `${start}, and nobody listens to it. ${misses.slice(0, 2).map(near => miss(near, message)).join(' ')}`
  const elsewhere = others.flatMap(({ listeners }) => listeners).filter(({ endedAt, wants }) => endedAt === null && isFor(message, wants))
  if (elsewhere.length) return `${start}, in this app; ${who(elsewhere[0]!)} listens to it in another app on this page, which has a pull of its own. Listen in the app that hears it, or give the other one this pull.`
  if (live.length) return `${start}, before ${who(live[0]!)} began to listen: what came earlier is heard with \`replay: true\` only.`
  return `${start}, and nobody in this app listens to it: there is no usePullCommand(${quoted(message.module)}, ${quoted(message.command)}) in a mounted component.`
}

/** What became of a message in somebody for whom it was meant; where it was not heard, why, and what to do. */
export function fateOf({ kind, listener, ms, error, issues }: Verdict): string {
  const name = who(listener)
  switch (kind) {
    case 'filtered': return `${name} left it aside: its \`filter\` answered false.`
    case 'refused': return `The schema of ${name} refused it${issues[0] ? `: ${pathOf(issues[0].path)} – ${maskSecrets(issues[0].message)}` : ''}. Correct the sender, or the schema.`
    case 'failed': return `The handler of ${name} failed${took(ms, 'after')}: ${maskSecrets(error instanceof Error ? error.message : String(error))}`
    case 'own': return `${name} has \`ignoreOwn\`, and this page itself had sent it.`
    case 'paused': return `${name} was paused by pause(): it hears again after resume().`
    case 'deactivated': return `${name} is inside a deactivated <KeepAlive> and has \`whileActive\`: it hears again once it is shown.`
    case 'off': return `${name} has \`enabled: false\`.`
    case 'stopped': return `${name} had ended: stop() was called, or its component was unmounted.`
    case 'heard': return `${name} heard it${took(ms, 'in')}.`
  }
}

/** What is in the way between a message and somebody who nearly hears it. */
export function miss({ kind, listener }: NearMiss, { module, command, type }: Address): string {
  const { wants } = listener
  const name = who(listener)
  const names = wants.commands.map(quoted).join(', ')
  switch (kind) {
    case 'case': return `${name} listens to ${names}: commands are compared letter by letter, upper and lower case included.`
    case 'module': return `${name} listens to ${quoted(command)} of the module ${quoted(wants.module ?? '')}, and this one is of the module ${quoted(module)}.`
    case 'typo': return `${name} listens to ${wants.module?.toLowerCase() === module ? names : `the module ${quoted(wants.module ?? '')}`}: is one of the two misspelt?`
    case 'type': return type === 'client'
      ? `${name} hears what servers send: this was sent by a client, which \`type: 'client'\` hears.`
      : `${name} has \`type: '${wants.type}'\`, and this was sent by a ${type}: leave the option out to hear it.`
    case 'unmounted': return `${name} listened to it until it was unmounted or stopped, ${ago(listener.endedAt ?? 0)}.`
  }
}

/** Nothing of this very name has come. */
function explainMissing(inspector: Inspector, others: readonly Inspector[], module: string, command: string, live: readonly ListenerRecord[], wanted: readonly ListenerRecord[]): string {
  const nothing = `Nothing named ${named({ module, command })} has come so far`
  const near = live.length ? nearestMessage(inspector, live, module, command) : null
  if (near) return `${nothing}, but ${named(near.message)} came ${ago(near.message.receivedAt)}. ${near.text}`
  const failed = inspector.sent.findLast(sent => sent.module === module && sent.command === command && sent.error)
  if (failed) return `${nothing}. This page sent it ${ago(failed.at)}, and that failed: ${maskSecrets(failed.error instanceof Error ? failed.error.message : String(failed.error))}`
  const elsewhere = others.flatMap(({ messages }) => messages).findLast(({ message }) => message.module === module && message.command === command)
  if (elsewhere) return `${nothing} in this app, but it came to another app on this page ${ago(elsewhere.message.receivedAt)}: each app has a pull of its own. Listen in that app, or give this one its pull.`
  const deaf = live.find(({ wants }) => wants.state !== 'active')
  if (deaf) return `${nothing}. ${fateOf({ kind: deaf.wants.state === 'active' ? 'heard' : deaf.wants.state, listener: deaf, ms: null, error: null, issues: [] })}`
  if (!live.length) {
    const misses = nearMisses({ module, command, type: 'server' }, inspector.listeners)
    if (misses[0]) return `${nothing}, and nobody listens to it. ${miss(misses[0], { module, command, type: 'server' })}`
    return `${nothing}, and nobody ${wanted.length ? 'listens to it any more' : 'in this app listens to it'}.`
  }
  return `${nothing}; ${who(live[0]!)} listens to it, and would hear it. Look at the sender: an event reaches only the frames of the very app that sends it, in the same portal, and with \`userId\` only those of that user.`
}

/** The message that those who listen most nearly heard: the newest of the surest. */
function nearestMessage({ messages, verdictsOf }: Inspector, live: readonly ListenerRecord[], module: string, command: string): { message: MessageRecord['message'], text: string } | null {
  let best: { rank: number, message: MessageRecord['message'], text: string } | null = null
  for (const record of [...messages].reverse()) {
    const { message } = record
    if (best?.rank === 0) break
    const [near] = nearMisses(message, live)
    if (!near || !isMeant(near, message, module, command)) continue
    const rank = rankOf(near)
    if (near.kind === 'unmounted' || (best && best.rank <= rank)) continue
    // What somebody hears is hardly a slip of the fingers.
    if (near.kind === 'typo' && verdictsOf(record).length) continue
    best = { rank, message, text: miss(near, message) }
  }
  return best
}

function isMeant({ kind }: NearMiss, message: Address, module: string, command: string): boolean {
  const isCommand = message.command.toLowerCase() === command.toLowerCase() || isNear(message.command, command)
  return isCommand && (kind === 'module' || message.module === module || isNear(message.module, module))
}
