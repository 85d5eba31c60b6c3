import type { PortalFrame } from '../../types'
import { findReason, FRAME_HEADERS, keepsForm, MOST_REDIRECTS, redirectOf } from './as-browsers'
import type { ProbeOutcome } from './judge'

const TIMEOUT_MS = 10_000

/** Asks for the app as the frame does, and follows redirects on its own origin. Never rejects. */
export async function probe({ action, method, fields }: Pick<PortalFrame, 'action' | 'method' | 'fields'>): Promise<ProbeOutcome> {
  const { origin } = new URL(action)
  let url = action
  let form: URLSearchParams | null = method === 'post' ? new URLSearchParams(fields) : null
  try {
    for (let hop = 0; ; hop++) {
      const answer = await ask(url, form)
      const { status, headers } = answer
      const target = redirectOf(answer, url)
      if (target === null || target.origin !== origin || hop === MOST_REDIRECTS) {
        const isRefusedPost = form !== null && status >= 400
        return { kind: 'answer', url, status, headers, leadsTo: target?.href ?? null, getStatus: isRefusedPost ? (await ask(url, null)).status : null }
      }
      if (!keepsForm(status)) form = null
      url = target.href
    }
  }
  catch (error) {
    return { kind: 'none', reason: findReason(error, `nothing within ${TIMEOUT_MS / 1_000} s`), isTimeout: error instanceof Error && error.name === 'TimeoutError' }
  }
}

async function ask(url: string, form: URLSearchParams | null): Promise<Response> {
  const response = await fetch(url, {
    method: form ? 'POST' : 'GET',
    headers: FRAME_HEADERS,
    body: form,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  await response.body?.cancel()
  return response
}
