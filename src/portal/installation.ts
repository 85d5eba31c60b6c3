import type { PortalLog } from './log/log'
import type { FrameTrouble } from './types'

/** Whether the app has been installed: before that no event reaches it. */
export interface Installation {
  readonly isInstalled: boolean
  /** What this person sees instead of the app; null = nothing stands in the way. */
  barrierFor: (user: { isAdmin: boolean }) => FrameTrouble | null
  /** Back to the beginning: the frames show the install page. */
  begin: () => void
  /** The app's `installFinish()`: the gate opens, and the portal's page comes anew. */
  finish: () => void
}

export interface InstallationDeps {
  /** Whether it begins with an app that is not installed. */
  isWanted: boolean
  log: PortalLog
  /** The state is another now: frames are opened anew. */
  onChange: () => void
  /** Tells the app's back end. */
  onInstalled: () => void
}

const NOT_INSTALLED: FrameTrouble = {
  code: 'not-installed',
  title: 'The app is not installed yet',
  why: 'Before installFinish() it is opened for administrators only, with its install page; Bitrix24 tells everybody else to ask one.',
  fix: 'Switch to an administrator, and finish the installation there.',
}

/** The installation of one app in one portal. */
export function createInstallation({ isWanted, log, onChange, onInstalled }: InstallationDeps): Installation {
  let isInstalled = !isWanted

  function tell(title: string, why: string): void {
    log.add({ source: 'portal', direction: 'note', title, details: { why } })
  }

  if (isWanted) tell('Installation: no event reaches the app until installFinish()', 'The option `install` is on.')
  return {
    get isInstalled() {
      return isInstalled
    },
    barrierFor: ({ isAdmin }) => isInstalled || isAdmin ? null : NOT_INSTALLED,
    begin() {
      isInstalled = false
      tell('Installation: no event reaches the app until installFinish()', 'It was begun anew.')
      onChange()
    },
    finish() {
      if (isInstalled) return
      isInstalled = true
      tell('Installed: events reach the app from now on', 'The app called installFinish().')
      onChange()
      onInstalled()
    },
  }
}
