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
    own('reloadData', () => undefined),
    own('setValue', ({ view }, _params, { params }) => {
      view.value = typeof params === 'string' ? params : JSON.stringify(params)
      onChange()
    }),
    own('getValue', ({ view }) => view.value ?? view.placementOptions.VALUE),
    own('getStatus', () => CALL),
    own('enableAutoClose', () => []),
    own('disableAutoClose', () => []),
  ]
}

const CALL = {
  CALL_ID: 'dev-portal',
  PHONE_NUMBER: '+10000000000',
  LINE_NUMBER: 'reg1',
  LINE_NAME: '',
  CRM_ENTITY_TYPE: 'CONTACT',
  CRM_ENTITY_ID: 1,
  CRM_BINDINGS: [{ ENTITY_TYPE: 'DEAL', ENTITY_ID: 42 }],
  CALL_DIRECTION: 'incoming',
  CALL_STATE: 'connected',
  CALL_LIST_MODE: false,
}
