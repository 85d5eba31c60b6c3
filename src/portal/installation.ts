import type { PortalLog } from './log/log'

/** Whether the app has been installed: before that no event reaches it. */
export interface Installation {
  readonly isInstalled: boolean
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
