import { PortalError } from '../errors'
import { whyUnwritable } from '../json'
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

/**
 * A body as it travels.
 *
 * @throws PortalError `PORTAL_BAD_EVENT` where JSON cannot hold it: then nobody may keep it either
 */
export function writeBody(body: MessageBody): string {
  const why = whyUnwritable(body)
  if (why !== null) throw unwritable(why)
  return JSON.stringify(body)
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
