import { asNumber, asText } from '../untrusted'
import type { BridgeDeps, BridgeHandler } from './handler'
import type { DialogChoice, DialogRequest } from './dialogs'
import { NO_ANSWER } from './no-answer'

/** `selectUser`, `selectAccess`, `selectCRM`: a dialog opens, and the app is answered once a person has chosen. */
export function dialogHandlers({ people, dialogs, onAnswer }: Pick<BridgeDeps, 'people' | 'dialogs' | 'onAnswer'>): [string, BridgeHandler][] {
  type Wanted = Pick<DialogRequest, 'kind' | 'isMultiple' | 'choices'> & { toValue: (chosen: DialogChoice[]) => unknown }

  const opening = (want: (params: Map<string, unknown>) => Wanted): BridgeHandler => ({ view }, params, { key }) => {
    const { toValue, ...wanted } = want(params)
    dialogs.open({ ...wanted, frameId: view.id, userId: view.userId, answer: chosen => onAnswer(view.id, key, toValue(chosen)) })
    return NO_ANSWER
  }
  const values = (chosen: DialogChoice[]) => chosen.map(({ value }) => value)

  return [
    ['selectUser', opening((params) => {
      const isMultiple = asNumber(params.get('mult')) === 1
      return {
        kind: 'user',
        isMultiple,
        choices: people.all.map(({ id, name, lastName }) => ({
          id: String(id),
          title: `${name} ${lastName}`,
          value: { id: String(id), name: `${name} ${lastName}`, photo: '', position: '', url: `/company/personal/user/${id}/`, sub: false, sup: false },
        })),
        toValue: chosen => (isMultiple ? values(chosen) : chosen[0]?.value),
      }
    })],
    ['selectAccess', opening(() => ({
      kind: 'access',
      isMultiple: true,
      choices: people.all.map(({ id, name, lastName }) => ({ id: `U${id}`, title: `${name} ${lastName}`, value: { id: `U${id}`, name: `${name} ${lastName}` } })),
      toValue: values,
    }))],
    ['selectCRM', opening((params) => {
      const types = params.get('entityType')
      const wanted = Array.isArray(types) ? types.flatMap(type => asText(type) ?? []) : ['lead']
      return {
        kind: 'crm',
        isMultiple: params.get('multiple') === true,
        choices: wanted.map((type) => {
          const id = `${type.charAt(0).toUpperCase()}_1`
          return { id, title: `Sample ${type}`, value: { type, card: { id, type, place: type, title: `Sample ${type}`, desc: '', url: `/crm/${type}/details/1/` } } }
        }),
        toValue: (chosen) => {
          const cards = chosen.map(({ value }) => value as { type: string, card: object })
          return Object.fromEntries(wanted.map(type => [type, cards.filter(card => card.type === type).map(({ card }) => card)]))
        },
      }
    })],
  ]
}
