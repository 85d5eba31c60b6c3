import fc from 'fast-check'
import { FAULT_NAMES } from '../../../../src/portal/faults/definitions'
import { odd, params, value } from './arbitraries'

const user = fc.constantFrom(1, 2, 3, 3, Number.MAX_SAFE_INTEGER)
const frame = fc.constantFrom('frame-1', 'frame-2', 'frame-3', '__proto__', '')
const name = fc.oneof(fc.constantFrom('application', 'ping', 'ONCRMDEALUPDATE', 'constructor', '__proto__'), odd)
const boolean = fc.boolean()
const optional = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) => fc.record(fields, { requiredKeys: [] })

/** Bodies of the control API's calls, by path: mostly such as its schemas let through. */
const CALLS: Record<string, fc.Arbitrary<unknown>> = {
  'emit': fc.record({ module: name, command: name, params, userId: fc.oneof(user, fc.array(user, { maxLength: 3 })) }, { requiredKeys: ['module', 'command'] }),
  'bridge': fc.record({ frameId: frame, data: value }),
  'frames/open': optional({ userId: user, placement: name, placementOptions: params, isSlider: boolean, title: odd, isApart: boolean, handler: odd }),
  'frames/close': fc.record({ frameId: frame }),
  'frames/reload': fc.record({ frameId: frame }),
  'frames/shown': fc.record({ frameId: frame }),
  'frames/event': fc.record({ frameId: frame, event: name, params }),
  'users/switch': fc.record({ userId: user }),
  'users/online': fc.record({ userId: user, online: boolean }),
  'faults/on': fc.record({ name: fc.constantFrom(...FAULT_NAMES), settings: fc.dictionary(fc.constantFrom('ms', 'jitter', 'seconds', 'count', 'code', 'version', 'action', 'channel', 'scope', 'method', 'times', 'status', 'userId'), fc.oneof(fc.constantFrom<string | number>(0, 1, 3, 4, 5, 1e308, '*', 'pull'), odd), { maxKeys: 3, noNullPrototype: true }) }, { requiredKeys: ['name'] }),
  'faults/off': fc.record({ name: fc.constantFrom(...FAULT_NAMES) }),
  'server': optional({ version: fc.constantFrom(5, 4, 3), transport: fc.constantFrom('websocket', 'long-polling'), mode: fc.constantFrom('personal', 'shared'), history: fc.constantFrom(0, 1, 100_000) }),
  'events/fire': fc.record({ event: name, data: params }, { requiredKeys: ['event'] }),
  'dialogs/answer': fc.record({ dialogId: fc.constantFrom('dialog-1', 'dialog-2', '__proto__'), chosen: fc.oneof(fc.constant(null), fc.array(odd, { maxLength: 2 })) }),
  'install/begin': fc.constant({}),
  'log/clear': fc.constant({}),
  'log/frames': fc.record({ on: boolean }),
  'rest/call': fc.record({ method: fc.constantFrom('profile', 'batch', 'event.bind', '__proto__', ''), params, userId: user }, { requiredKeys: ['method'] }),
}

/** A call of the control API: one of its own, sometimes with a body that is none of its. */
export const controlCall: fc.Arbitrary<[string, unknown]> = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(...Object.entries(CALLS).map(([path, body]) => body.map((body): [string, unknown] => [path, body]))) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...Object.keys(CALLS), 'nothing', '%00'), value) },
)
