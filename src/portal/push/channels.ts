import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ServerMode } from '../types'
import { randomHex } from '../security/random'

const LIFE_MS = 12 * 60 * 60 * 1_000

/** How long generation 5 takes a token. */
export const JWT_LIFE_MS = LIFE_MS

/** Name of a channel inside the portal; it outlives the ids that clients know it by. */
export type ChannelKey = 'shared' | `user:${number}`

export interface Channel {
  readonly key: ChannelKey
  readonly type: 'private' | 'shared'
  readonly userId: number | null
  /** Who knows it may listen. */
  readonly id: string
  readonly publicId: string
  readonly signature: string
  /** ms since epoch */
  readonly start: number
  readonly end: number
}

/** What a client shows at the door of the push server. */
export interface Credentials {
  channelId: string | null
  token: string | null
  clientId: string | null
}

/** Whom credentials belong to. Of channels every frame of a user knows the same. */
export interface Identity {
  userId: number
  frameId: string | null
}

export interface Channels {
  readonly clientId: string
  of: (key: ChannelKey) => Channel
  /** Replaces the ids; the old ones are refused from now on. */
  renew: (key: ChannelKey) => { before: Channel, after: Channel }
  renewAll: () => void
  /** A shared channel of the portal's own pages, which lets no client of ours in. */
  foreign: () => Channel
  /** `frameId`: the frame that it is given to, so that its connection can be told from those of others. */
  jwtFor: (userId: number, frameId: string | null) => string
  /** Whom the credentials belong to, or null: then the answer is close code 4010. */
  authenticate: (credentials: Credentials, mode: ServerMode) => Identity | null
  findByPublicId: (publicId: string, signature: string) => Channel | null
}

/** Name of a user's own channel. */
export function privateKey(userId: number): ChannelKey {
  return `user:${userId}`
}

/** The channels of one portal: one private channel a user and one that all share. */
export function createChannels(): Channels {
  const secret = randomHex(32)
  const clientId = randomHex(16)
  const channels = new Map<ChannelKey, Channel>()
  /** What makes every jwt of before worthless. */
  let generation = 0

  function make(key: ChannelKey): Channel {
    const publicId = randomHex(16)
    const start = Date.now()
    return {
      key,
      type: key === 'shared' ? 'shared' : 'private',
      userId: key === 'shared' ? null : Number(key.slice('user:'.length)),
      id: `${randomHex(16)}.${randomHex(20)}`,
      publicId,
      signature: sign(publicId).slice(0, 40),
      start,
      end: start + LIFE_MS,
    }
  }

  function create(key: ChannelKey): Channel {
    const channel = make(key)
    channels.set(key, channel)
    return channel
  }

  function of(key: ChannelKey): Channel {
    const channel = channels.get(key)
    return channel && channel.end > Date.now() ? channel : create(key)
  }

  function sign(text: string): string {
    return createHmac('sha256', secret).update(text).digest('hex')
  }

  function readJwt(token: string): Identity | null {
    const [head = '', payload = '', signature = ''] = token.split('.')
    const given = Buffer.from(signature)
    const expected = Buffer.from(sign(`${head}.${payload}`))
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: number, frame: string | null, gen: number, exp: number }
    return claims.gen === generation && claims.exp * 1_000 > Date.now() ? { userId: claims.sub, frameId: claims.frame } : null
  }

  return {
    clientId,
    of,
    renew(key) {
      return { before: of(key), after: create(key) }
    },
    renewAll() {
      channels.clear()
      generation++
    },
    foreign: () => make('shared'),
    jwtFor(userId, frameId) {
      const head = base64url({ alg: 'HS256', typ: 'JWT' })
      const payload = base64url({ sub: userId, frame: frameId, gen: generation, exp: Math.floor((Date.now() + JWT_LIFE_MS) / 1_000) })
      return `${head}.${payload}.${sign(`${head}.${payload}`)}`
    },
    authenticate(credentials, mode) {
      if (mode === 'shared' && credentials.clientId !== clientId) return null
      if (credentials.token !== null) return readJwt(credentials.token)
      const ids = new Set(credentials.channelId?.split('/'))
      for (const channel of channels.values()) {
        if (channel.userId !== null && ids.has(channel.id)) return { userId: channel.userId, frameId: null }
      }
      return null
    },
    findByPublicId(publicId, signature) {
      for (const channel of channels.values()) {
        if (channel.publicId === publicId && channel.signature === signature) return channel
      }
      return null
    },
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
