import { findReason, FRAME_HEADERS, keepsForm, MOST_REDIRECTS, redirectOf } from '../../portal/frames/watch/as-browsers'

const TIMEOUT_MS = 15_000
const MOST_TEXT = 4_000_000

export interface Answer {
  /** Where it came from, after redirects. */
  url: URL
  status: number
  headers: Headers
  text: string
  /** Redirects on the way, in their order. */
  redirects: { status: number, from: string, to: string }[]
}

/** Nobody answered. */
export class Unanswered extends Error {}

const unanswered = (error: unknown) => new Unanswered(findReason(error, 'it took too long'))

/**
 * Opens an address as a frame does: by a form, which most redirects lose, or without.
 *
 * @throws Unanswered, saying why
 */
export async function openPage(address: URL, form: Readonly<Record<string, string>> | null): Promise<Answer> {
  let url = address
  let body = form && new URLSearchParams(form)
  const redirects: Answer['redirects'] = []
  for (;;) {
    const response = await ask(url, { method: body ? 'POST' : 'GET', headers: FRAME_HEADERS, body })
    const target = redirectOf(response, url.href)
    if (target === null || redirects.length === MOST_REDIRECTS) return { url, status: response.status, headers: response.headers, text: await read(response), redirects }
    await response.body?.cancel()
    redirects.push({ status: response.status, from: url.href, to: target.href })
    if (!keepsForm(response.status)) body = null
    url = target
  }
}

export interface File {
  url: URL
  /** 0 = nobody answered */
  status: number
  type: string
  text: string
}

/** A file of the app, whatever comes. */
export async function openFile(url: URL): Promise<File> {
  try {
    const response = await ask(url, {})
    return { url, status: response.status, type: response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '', text: await read(response) }
  }
  catch {
    return { url, status: 0, type: '', text: '' }
  }
}

async function ask(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: init.headers ? 'manual' : 'follow', signal: AbortSignal.timeout(TIMEOUT_MS) })
  }
  catch (error) {
    throw unanswered(error)
  }
}

/** No more than a page or a bundle may weigh. */
async function read(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  if (!response.body) return text
  try {
    // Iterable in Node; the types are those of browsers.
    for await (const chunk of response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > MOST_TEXT) break
    }
  }
  catch (error) {
    throw unanswered(error)
  }
  return text
}
