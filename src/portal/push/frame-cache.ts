import type { ServerVersion } from '../types'
import type { Frame } from './codec/codec'
import { codecOf } from './codec/codec-of'
import type { PushMessage } from './types'

/** Writes the same list of messages once, however many connections it goes to. */
export type FrameCache = (version: ServerVersion, messages: readonly PushMessage[]) => readonly Frame[]

/** A cache for one portal; lists are forgotten with their messages. */
export function createFrameCache(): FrameCache {
  const known = new WeakMap<readonly PushMessage[], Map<ServerVersion, readonly Frame[]>>()
  return (version, messages) => {
    const byVersion = known.get(messages) ?? new Map<ServerVersion, readonly Frame[]>()
    const frames = byVersion.get(version) ?? codecOf(version).frames(messages)
    known.set(messages, byVersion.set(version, frames))
    return frames
  }
}
