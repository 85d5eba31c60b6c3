import type { PortalDialog } from '../types'
import { PortalError } from '../errors'

/** What can be chosen, and what the app gets for it. */
export interface DialogChoice {
  id: string
  title: string
  value: unknown
}

export interface DialogRequest {
  frameId: string
  userId: number
  kind: PortalDialog['kind']
  isMultiple: boolean
  choices: DialogChoice[]
  /** Makes the app's answer out of what was chosen. */
  answer: (chosen: DialogChoice[]) => void
}

/** Dialogs of the portal that are open for a person: whom, what to choose. */
export interface Dialogs {
  readonly all: readonly PortalDialog[]
  open: (request: DialogRequest) => void
  /**
   * Answers a dialog with what a person has chosen; null = Cancel, of which the app never hears.
   *
   * @throws PortalError `PORTAL_UNKNOWN_DIALOG`, `PORTAL_BAD_OPTION`
   */
  answer: (id: string, chosen: readonly string[] | null) => void
  /** The frame is gone, or another: its dialogs go too. */
  dropOf: (frameId: string) => void
}

/** The dialogs of one portal. */
export function createDialogs(onChange: () => void): Dialogs {
  const open = new Map<string, DialogRequest>()
  let count = 0

  return {
    get all() {
      return [...open].map(([id, { frameId, userId, kind, isMultiple, choices }]) => ({ id, frameId, userId, kind, isMultiple, choices: choices.map(({ id, title }) => ({ id, title })) }))
    },
    open(request) {
      open.set(`dialog-${++count}`, request)
      onChange()
    },
    answer(id, chosen) {
      const dialog = open.get(id)
      if (!dialog) throw unknown(id)
      const wanted = dialog.choices.filter(choice => chosen?.includes(choice.id))
      if (chosen && (wanted.length !== new Set(chosen).size || (!dialog.isMultiple && wanted.length !== 1))) throw badChoice(dialog, chosen)
      open.delete(id)
      onChange()
      if (chosen) dialog.answer(wanted)
    },
    dropOf(frameId) {
      for (const [id, dialog] of open) if (dialog.frameId === frameId) open.delete(id)
    },
  }
}

function unknown(id: string): PortalError {
  return new PortalError('PORTAL_UNKNOWN_DIALOG', {
    what: `There is no dialog ${JSON.stringify(id)}.`,
    why: 'It was never opened, or has been answered.',
    fix: 'Take the id from the list of dialogs.',
    field: 'dialogId',
  })
}

function badChoice({ choices, isMultiple }: DialogRequest, chosen: readonly string[]): PortalError {
  return new PortalError('PORTAL_BAD_OPTION', {
    what: `The choice was ${JSON.stringify(chosen)}.`,
    why: `It may be ${isMultiple ? 'some' : 'one'} of ${choices.map(({ id }) => id).join(', ')}.`,
    fix: 'Choose of these, or null to cancel.',
    field: 'chosen',
  })
}
