import type { FaultBoard } from '../faults/faults'
import type { FrameRecord, Frames } from '../frames/frames'
import type { Installation } from '../installation'
import type { OptionStore } from '../people/option-store'
import type { People } from '../people/people'
import type { Tokens } from '../people/tokens'
import type { BridgeCommand } from './command'
import type { Dialogs } from './dialogs'

export type BridgeHandler = (frame: FrameRecord, params: Map<string, unknown>, command: BridgeCommand) => unknown

export interface BridgeDeps {
  domain: string
  lang: string
  memberId: string
  people: People
  tokens: Tokens
  store: OptionStore
  frames: Frames
  dialogs: Dialogs
  installation: Installation
  faults: Pick<FaultBoard, 'settingsOf'>
  onChange: () => void
  /** Posts an answer that took its time. */
  onAnswer: (frameId: string, key: string, value: unknown) => void
}
