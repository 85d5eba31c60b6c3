import type { ServerVersion } from '../server-settings'
import { CLOSE } from './types'

/** Where a socket is closed with a code of its own, push server 2.0 answers a poll with the status that stands for it, and code and reason as text. */
export function refusedPoll(code: number, reason: string): Response {
  return answer(code === CLOSE.tooManyConnections ? 429 : 400, `${code}: ${reason}`)
}

/** What a poll gets whose channels are not the server's: push server 1.0 has no codes. */
export function wrongChannel(version: ServerVersion, channelId: string | null): Response {
  if (version >= 4) return refusedPoll(CLOSE.wrongChannel, 'Wrong Channel Id.')
  return answer(400, channelId ? 'Channel id is not correct.' : 'No channel id provided.')
}

function answer(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain' } })
}
