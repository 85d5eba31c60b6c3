import { asNumber, asText } from '../untrusted'
import { dialogHandlers } from './dialog-handlers'
import { interfaceOf } from './interface'
import type { BridgeDeps, BridgeHandler } from './handler'
import { denied, NO_ANSWER } from './no-answer'
import { placementHandlers } from './placement-handlers'

/** Pages of the portal that an app may open. */
const PATHS = /^\/(?:crm\/(?:deal|lead|contact|company|type)\/|marketplace\/|company\/personal\/user\/\d+\/|workgroups\/group\/\d+\/)/

/** What the portal's page does for the app, by command. */
export function createBridgeHandlers(deps: BridgeDeps): Map<string, BridgeHandler> {
  const { people, tokens, store, frames, faults, installation, onChange } = deps

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
      INSTALL: !installation.isInstalled,
      FIRST_RUN: store.isFirstRun(view.userId),
      APP_OPTIONS: store.all('app'),
      USER_OPTIONS: store.all(view.userId),
    })],
    ['refreshAuth', ({ view }) => (faults.settingsOf('refuse-refresh') ? NO_ANSWER : tokens.issue(view.userId, view.id))],
    ['setAppOption', ({ view }, params) => {
      if (!people.get(view.userId).isAdmin) return denied('Only an administrator may set options of the app; an employee is never answered.')
      store.set('app', { [asText(params.get('name')) ?? '']: params.get('value') })
      return store.all('app')
    }],
    ['setUserOption', ({ view }, params) => {
      store.set(view.userId, { [asText(params.get('name')) ?? '']: params.get('value') })
      return Object.fromEntries(params)
    }],
    // The SDK says so by itself at a person's first start.
    ['setInstall', ({ view }, params) => {
      store.setFirstRun(view.userId, !params.get('install'))
      return Object.fromEntries(params)
    }],
    ['setInstallFinish', ({ view }) => {
      if (installation.isInstalled) return denied('The app is installed already.')
      if (!people.get(view.userId).isAdmin) return denied('Only an administrator may install an app.')
      installation.finish()
      // The portal reloads its page instead.
      return NO_ANSWER
    }],
    ['resizeWindow', ({ view }, params) => {
      if (view.isSlider) return denied('A slider is as high as its page.')
      const height = asNumber(params.get('height'))
      view.height = Number.isFinite(height) && height > 0 ? Math.round(height) : view.height
      onChange()
      return { width: params.get('width') ?? null, height: view.height }
    }],
    ['reloadWindow', ({ view }) => {
      if (view.placement !== 'DEFAULT') return denied(`The page of ${view.placement} is not the app's to load anew.`)
      frames.reload(view.id)
      return NO_ANSWER
    }],
    ['setTitle', ({ view }, params) => {
      if (view.placement !== 'DEFAULT') return denied(`The page of ${view.placement} has a title of its own.`)
      view.title = (asText(params.get('title')) ?? '').slice(0, 200)
      onChange()
      return Object.fromEntries(params)
    }],
    ['setScroll', ({ view }, params) => {
      if (view.placement !== 'DEFAULT') return denied(`The page of ${view.placement} is not the app's to scroll.`)
      const top = asNumber(params.get('scroll'))
      view.scroll = { count: view.scroll.count + 1, top: Number.isFinite(top) ? top : 0 }
      onChange()
      return Object.fromEntries(params)
    }],
    ['openApplication', ({ view }, params, { key }) => {
      const width = asNumber(params.get('bx24_width'))
      const options = Object.fromEntries([...params].filter(([name]) => !name.startsWith('bx24_')))
      const slider = frames.open({
        userId: view.userId,
        placement: 'DEFAULT',
        placementOptions: { ...options, IFRAME: 'Y', IFRAME_TYPE: 'SIDE_SLIDER' },
        isSlider: true,
        openedBy: view.id,
        isApart: view.isApart,
        title: asText(params.get('bx24_title')) ?? view.title,
        width: width > 0 ? width : null,
      })
      // The platform calls back when the slider is closed, not when it opens.
      slider.onClosed = { frameId: view.id, key }
      return NO_ANSWER
    }],
    ['closeApplication', ({ view }) => {
      if (!view.isSlider) return denied('Only a slider can be closed.')
      frames.close(view.id)
      return NO_ANSWER
    }],
    // The portal has no pages of its own: the slider counts as closed at once.
    ['openPath', (_frame, params) => PATHS.test(asText(params.get('path')) ?? '') ? { result: 'close' } : { result: 'error', errorCode: 'PATH_NOT_AVAILABLE' }],
    ['getInterface', ({ view }) => interfaceOf(view.placement)],
    ['placementBindEvent', ({ boundEvents, view }, params, { key }) => {
      const event = asText(params.get('event')) ?? ''
      if (!interfaceOf(view.placement).event.includes(event)) return denied(`${view.placement} has no event ${event}: getInterface() says which it has.`)
      boundEvents.set(event, (boundEvents.get(event) ?? new Set()).add(key))
      return NO_ANSWER
    }],
    ...dialogHandlers(deps),
    ...placementHandlers(deps),
  ])
}
