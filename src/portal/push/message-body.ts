import { PortalError } from '../errors'
import type { EventParams, MessageBody } from './types'

/** A body as the platform's back end writes it. Empty params travel as `[]`: PHP knows no difference. */
export function createBody(module: string, command: string, params: EventParams, extra: Record<string, unknown> = {}): MessageBody {
  const now = Date.now()
  return {
    module_id: module.toLowerCase(),
    command,
    params: Object.keys(params).length === 0 ? [] : params,
    extra: {
      server_time: new Date(now).toISOString(),
      server_time_unix: now / 1_000,
      server_name: 'dev-portal',
      revision_web: 19,
      revision_mobile: 3,
      ...extra,
    },
  }
}

/** How deep params may be nested: as deep as PHP reads them. */
const MAX_DEPTH = 512

/**
 * A body as it travels.
 *
 * @throws PortalError `PORTAL_BAD_EVENT` where JSON cannot hold it: then nobody may keep it either
 */
export function writeBody(body: MessageBody): string {
  if (isDeeper(body, MAX_DEPTH)) throw unwritable(`It is nested deeper than ${MAX_DEPTH}.`)
  try {
    return JSON.stringify(body)
  }
  catch (error) {
    throw unwritable(error instanceof Error ? `${error.message}.` : String(error))
  }
}

/** Level by level and not by recursion, which is what deep values break. A cycle is deep too. */
function isDeeper(value: unknown, limit: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true
    const next = new Set<unknown>()
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue
      for (const inner of Object.values(item)) if (typeof inner === 'object' && inner !== null) next.add(inner)
    }
    level = [...next]
  }
  return false
}

function unwritable(why: string): PortalError {
  return new PortalError('PORTAL_BAD_EVENT', {
    what: 'The event cannot be written as JSON.',
    why,
    fix: 'Send what JSON can hold; nothing was sent.',
    field: 'params',
  })
}

/**
 * Reads a body that a client publishes.
 *
 * @throws Error when module or command is missing
 */
export function bodyOf(value: unknown): MessageBody {
  const fields = new Map<string, unknown>(typeof value === 'object' && value !== null ? Object.entries(value) : [])
  const module = fields.get('module_id')
  const command = fields.get('command')
  const params = fields.get('params')
  if (typeof module !== 'string' || typeof command !== 'string') throw new Error('body needs module_id and command')
  return createBody(module, command, typeof params === 'object' && params !== null ? { ...params } : {})
}
