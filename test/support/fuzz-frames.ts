import type { Random } from './random'
import type { WireFrame, WireMessage, WireVersion } from './wire'
import { wireFrame } from './wire'

const names = ['application', 'crm', 'CRM', 'online', 'pull', '__proto__', 'constructor', 'prototype', 'toString', '*', '', ' ', '\0', '💥', 'fence']
const commands = ['numbered', 'wire', '__proto__', 'constructor', 'toString', '*', '', 'userStatusChange', 'unknown', '\u2028']
const keys = ['module_id', 'command', 'params', 'extra', 'sender', 'type', 'mid', 'id', 'text', 'method', 'jsonrpc', 'result', 'user_params', 'dictionary', '__proto__', 'constructor', 'toString', 'then', 'toJSON', 'length']

/**
 * Makes frames that a broken or hostile push server might send: nearly good ones, wrong ones, garbage.
 *
 * No control command that makes a client reconnect is among them: these have tests of their own.
 */
export function createFuzzer(version: WireVersion, random: Random): () => WireFrame {
  const { pick, below, chance, next } = random

  function value(depth = 0): unknown {
    switch (below(depth > 4 ? 7 : 10)) {
      case 0: return null
      case 1: return chance(0.5)
      case 2: return pick([0, -1, 1, 1e308, 0.5, Number.MAX_SAFE_INTEGER, below(1000)])
      case 3: return pick(names)
      case 4: return text(below(40))
      case 5: return text(below(2000))
      case 6: return undefined
      case 7: return Array.from({ length: below(6) }, () => value(depth + 1))
      default: return record(depth + 1)
    }
  }

  function record(depth: number): Record<string, unknown> {
    const entries = Array.from({ length: below(6) }, () => [pick(keys), value(depth)])
    // As the wire would have it: a key `__proto__` is a key of its own.
    return Object.fromEntries(entries) as Record<string, unknown>
  }

  const text = (length: number) => Array.from({ length }, () => String.fromCharCode(below(chance(0.8) ? 128 : 65_536))).join('')
  const id = () => pick<() => unknown>([() => `0${Math.floor(next() * 1e15).toString(16)}`, () => '00', () => value(), () => undefined])()

  function body(): unknown {
    if (chance(0.2)) return value()
    const good: Record<string, unknown> = { module_id: pick(names), command: pick(commands), params: chance(0.5) ? record(0) : value(), extra: chance(0.5) ? record(0) : value() }
    if (chance(0.3)) Reflect.deleteProperty(good, pick(Object.keys(good)))
    if (chance(0.3)) good[pick(keys)] = value()
    return good
  }

  const message = (): WireMessage => ({ mid: id(), body: body(), ...chance(0.3) && { sender: value() } })

  /** A frame with some of its characters or bytes changed, or its end cut off. */
  function damaged(frame: WireFrame): WireFrame {
    const bytes = Buffer.from(typeof frame === 'string' ? frame : [...frame])
    for (let i = 0; i < 1 + below(8); i++) if (bytes.length) bytes[below(bytes.length)] = below(256)
    const cut = chance(0.3) ? bytes.subarray(0, below(bytes.length + 1)) : bytes
    return typeof frame === 'string' ? cut.toString('utf8') : new Uint8Array(cut)
  }

  return () => {
    const kind = below(10)
    if (kind === 0) return text(below(300))
    if (kind === 1) return new Uint8Array(Array.from({ length: below(300) }, () => below(256)))
    if (kind === 2) return JSON.stringify(value()) ?? 'undefined'
    if (kind === 3) return wireFrame(pick([5, 4, 3]), [message()])
    const frame = wireFrame(version, Array.from({ length: 1 + below(5) }, () => chance(0.1) ? text(below(50)) : message()))
    return chance(0.3) ? damaged(frame) : frame
  }
}
