import type { PortalFrame } from '../../types'
import type { ProbeOutcome } from './judge'

const TIMEOUT_MS = 10_000
const MOST_REDIRECTS = 5
/** What a browser asks for in a frame: dev servers answer pages only to those who want one. */
const HEADERS = { 'accept': 'text/html,application/xhtml+xml,*/*;q=0.8', 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' }

/** Asks for the app as the frame does, and follows redirects on its own origin. Never rejects. */
export async function probe({ action, method, fields }: Pick<PortalFrame, 'action' | 'method' | 'fields'>): Promise<ProbeOutcome> {
  const { origin } = new URL(action)
  let url = action
  let form: URLSearchParams | null = method === 'post' ? new URLSearchParams(fields) : null
  try {
    for (let hop = 0; ; hop++) {
      const { status, headers } = await ask(url, form)
      const location = headers.get('location')
      const target = status >= 300 && status < 400 && location !== null && URL.canParse(location, url) ? new URL(location, url) : null
      if (target === null || target.origin !== origin || hop === MOST_REDIRECTS) {
        const isRefusedPost = form !== null && status >= 400
        return { kind: 'answer', url, status, headers, leadsTo: target?.href ?? null, getStatus: isRefusedPost ? (await ask(url, null)).status : null }
      }
      // As browsers do: only 307 and 308 keep the form.
      if (status < 307) form = null
      url = target.href
    }
  }
  catch (error) {
    return { kind: 'none', reason: reasonOf(error), isTimeout: error instanceof Error && error.name === 'TimeoutError' }
  }
}

async function ask(url: string, form: URLSearchParams | null): Promise<Response> {
  const response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    headers: HEADERS,
    body: form,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  await response.body?.cancel()
  return response
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `nothing within ${TIMEOUT_MS / 1_000} s`
  const { cause } = error
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message
  return cause instanceof Error ? cause.message : error.message
}
