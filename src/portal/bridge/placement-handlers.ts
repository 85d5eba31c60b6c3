import type { BridgeDeps, BridgeHandler } from './handler'
import { interfaceOf } from './interface'
import { denied } from './no-answer'

/** What {@link interfaceOf} lists, each where it is listed and nowhere else. */
export function placementHandlers({ onChange }: Pick<BridgeDeps, 'onChange'>): [string, BridgeHandler][] {
  const own = (name: string, handle: BridgeHandler): [string, BridgeHandler] => [name, (frame, params, command) => {
    if (!interfaceOf(frame.view.placement).command.includes(name)) return denied(`${frame.view.placement} has no command ${name}: getInterface() says which it has.`)
    return handle(frame, params, command)
  }]

  return [
    own('reloadData', () => true),
    own('setValue', ({ view }, _params, { params }) => {
      view.value = typeof params === 'string' ? params : JSON.stringify(params)
      onChange()
      return true
    }),
    own('getStatus', () => ({ CALL_ID: 'dev-portal', PHONE_NUMBER: '+10000000000', CALL_STATE: 'connected', CALL_DIRECTION: 'incoming' })),
    own('enableAutoClose', () => true),
    own('disableAutoClose', () => true),
  ]
}
