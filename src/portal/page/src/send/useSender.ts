import type { Ref, ShallowRef } from 'vue'
import type { EmitRequest } from '../../../types'
import type { Draft, DraftErrors, DraftField } from './draft'
import { reactive, ref, shallowRef } from 'vue'
import { control, ControlError } from '../control/client'
import { formatTime } from '../shared/format'
import { checkDraft } from './draft'
import { draftInAddress, keepInAddress } from './useDraftInAddress'

const REMEMBERED = 5
const FIELDS: readonly string[] = ['module', 'command', 'params', 'userId'] satisfies DraftField[]

export interface UseSenderReturn {
  draft: Draft
  errors: Readonly<ShallowRef<DraftErrors>>
  /** What became of the last one, in a sentence. */
  outcome: Readonly<Ref<string>>
  /** Newest first. */
  sent: Readonly<ShallowRef<readonly Draft[]>>
  fill: (from: Draft) => void
  /** Checks the draft; a mistake is left in `errors` and nothing is sent. */
  check: () => EmitRequest | null
  /** @returns whether it has been sent */
  send: (request: EmitRequest) => Promise<boolean>
  submit: () => Promise<void>
}

/** The form by which events are sent by hand. */
export function useSender(): UseSenderReturn {
  const draft = reactive<Draft>(draftInAddress())
  keepInAddress(draft)
  const errors = shallowRef<DraftErrors>({})
  const outcome = ref('')
  const sent = shallowRef<readonly Draft[]>([])

  function fill(from: Draft) {
    Object.assign(draft, { ...from, receivers: [...from.receivers] })
    errors.value = {}
  }

  function check() {
    const result = checkDraft(draft)
    errors.value = result.errors ?? {}
    if (result.errors) outcome.value = ''
    return result.request
  }

  async function send(request: EmitRequest) {
    try {
      const { messageIds } = await control.emit(request)
      const channels = messageIds.length === 1 ? '1 channel' : `${messageIds.length} channels`
      outcome.value = `Sent ${request.module}:${request.command} to ${channels} at ${formatTime(Date.now())}`
      return true
    }
    catch (error) {
      outcome.value = ''
      errors.value = errorsOf(error)
      return false
    }
  }

  async function submit() {
    const request = check()
    if (!request) return
    const copy = { ...draft, receivers: [...draft.receivers] }
    if (await send(request)) sent.value = [copy, ...sent.value.filter(old => !isSame(old, copy))].slice(0, REMEMBERED)
  }

  return { draft, errors, outcome, sent, fill, check, send, submit }
}

function isSame(a: Draft, b: Draft): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Puts each of the engine's complaints beside its field; what belongs to none stands with the params. */
function errorsOf(error: unknown): DraftErrors {
  const text = error instanceof Error ? error.message : String(error)
  if (!(error instanceof ControlError) || !error.fields.length) return { params: text }
  return Object.fromEntries(error.fields.map(({ field, message }) => {
    const name = field.split('.')[0] ?? ''
    return [FIELDS.includes(name) ? name : 'params', message]
  }))
}
