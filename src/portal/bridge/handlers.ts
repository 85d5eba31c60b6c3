import type { FaultBoard } from '../faults/faults'
import type { FrameRecord, Frames } from '../frames/frames'
import type { OptionStore } from '../people/option-store'
import type { People } from '../people/people'
import type { Tokens } from '../people/tokens'
import type { BridgeCommand } from './command'

/** Stands for "no answer", now or ever. */
export const NO_ANSWER: unique symbol = Symbol('no answer')

export type BridgeHandler = (frame: FrameRecord, params: Map<string, unknown>, command: BridgeCommand) => unknown

export interface BridgeDeps {
  domain: string
  lang: string
  memberId: string
  people: People
  tokens: Tokens
  store: OptionStore
  frames: Frames
  faults: Pick<FaultBoard, 'settingsOf'>
  onChange: () => void
}

/** What the portal's page does for the app, by command. */
export function createBridgeHandlers(deps: BridgeDeps): Map<string, BridgeHandler> {
  const { people, tokens, store, frames, faults, onChange } = deps

  return new Map<string, BridgeHandler>([
    ['getInitData', ({ view }) => ({
      DOMAIN: deps.domain,
      PROTOCOL: '0',
      PATH: '/rest',
      LANG: deps.lang,
      ...tokens.issue(view.userId, view.id),
      MEMBER_ID: deps.memberId,
      IS_ADMIN: people.get(view.userId).isAdmin,
      PLACEMENT: view.placement,
      PLACEMENT_OPTIONS: view.placementOptions,
      INSTALL: false,
      FIRST_RUN: false,
      APP_OPTIONS: store.all('app'),
      USER_OPTIONS: store.all(view.userId),
    })],
    ['refreshAuth', ({ view }) => (faults.settingsOf('refuse-refresh') ? NO_ANSWER : tokens.issue(view.userId, view.id))],
    ['setAppOption', ({ view }, params) => {
      if (!people.get(view.userId).isAdmin) return false
      store.set('app', { [String(params.get('name'))]: params.get('value') })
      return true
    }],
    ['setUserOption', ({ view }, params) => {
      store.set(view.userId, { [String(params.get('name'))]: params.get('value') })
      return true
    }],
    ['setInstall', () => true],
    ['setInstallFinish', () => true],
    ['showAppForm', () => true],
    ['resizeWindow', ({ view }, params) => {
      const height = Number(params.get('height'))
      view.height = Number.isFinite(height) && height > 0 ? Math.round(height) : view.height
      onChange()
      return { width: params.get('width') ?? null, height: view.height }
    }],
    ['reloadWindow', ({ view }) => {
      frames.reload(view.id)
      return true
    }],
    ['setTitle', ({ view }, params) => {
      view.title = String(params.get('title') ?? '').slice(0, 200)
      onChange()
      return { title: view.title }
    }],
    ['setScroll', ({ view }, params) => {
      const top = Number(params.get('scroll'))
      view.scroll = { count: view.scroll.count + 1, top: Number.isFinite(top) ? top : 0 }
      onChange()
      return { scroll: view.scroll.top }
    }],
    ['openApplication', ({ view }, params, { key }) => {
      const width = Number(params.get('bx24_width'))
      const slider = frames.open({
        userId: view.userId,
        placement: 'DEFAULT',
        placementOptions: { ...Object.fromEntries(params), IFRAME: 'Y', IFRAME_TYPE: 'SIDE_SLIDER' },
        isSlider: true,
        openedBy: view.id,
        isApart: view.isApart,
        title: String(params.get('bx24_title') ?? view.title),
        width: width > 0 ? width : null,
      })
      // The platform calls back when the slider is closed, not when it opens.
      slider.onClosed = { frameId: view.id, key }
      return NO_ANSWER
    }],
    ['closeApplication', ({ view }) => {
      frames.close(view.id)
      return NO_ANSWER
    }],
    // The portal has no pages of its own: the slider counts as closed at once.
    ['openPath', () => ({ result: 'close' })],
    ['selectUser', (_frame, params) => {
      const cards = people.all.map(user => ({
        id: String(user.id),
        name: `${user.name} ${user.lastName}`,
        photo: '',
        position: '',
        url: `/company/personal/user/${user.id}/`,
        sub: false,
        sup: false,
      }))
      return params.get('mult') === true ? cards : cards[0]
    }],
    ['selectAccess', () => people.all.map(user => ({ id: `U${user.id}`, name: `${user.name} ${user.lastName}` }))],
    ['selectCRM', (_frame, params) => {
      const types = params.get('entityType')
      const wanted = Array.isArray(types) ? types.map(String) : ['lead']
      return Object.fromEntries(wanted.map(type => [type, [
        { id: `${type.charAt(0).toUpperCase()}_1`, type, place: type, title: `Sample ${type}`, desc: '', url: `/crm/${type}/details/1/` },
      ]]))
    }],
    ['getInterface', () => ({
      command: ['getInterface', 'placementBindEvent', 'setValue', 'reloadData'],
      event: [],
    })],
    ['placementBindEvent', ({ boundEvents }, params, { key }) => {
      const event = String(params.get('event') ?? '')
      boundEvents.set(event, (boundEvents.get(event) ?? new Set()).add(key))
      return NO_ANSWER
    }],
  ])
}
