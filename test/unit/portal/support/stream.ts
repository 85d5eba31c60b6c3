import type { StreamMessage } from '../../../../src/portal/types'
import type { Portal } from '../../../../src/portal'

export interface TestStream {
  readonly messages: readonly StreamMessage[]
  until: (condition: (messages: readonly StreamMessage[]) => boolean) => Promise<void>
  close: () => void
}

/** Follows the control API's server-sent events, as the page does; resolves with the snapshot at hand. */
export async function openStream(portal: Portal): Promise<TestStream> {
  const abort = new AbortController()
  const response = await fetch(`${portal.url}/_portal/stream`, { signal: abort.signal })
  const messages: StreamMessage[] = []
  const waiting = new Set<() => void>()

  const read = async () => {
    let rest = ''
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const chunk = await reader?.read()
      if (!chunk || chunk.done) return
      const events = (rest + chunk.value).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) messages.push(JSON.parse(event.replace(/^data: /, '')))
      for (const check of [...waiting]) check()
    }
  }
  read().catch(() => {})

  const stream: TestStream = {
    messages,
    until: condition => new Promise((resolve) => {
      const check = () => {
        if (!condition(messages)) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
    }),
    close: () => abort.abort(),
  }
  await stream.until(({ length }) => length > 0)
  return stream
}
