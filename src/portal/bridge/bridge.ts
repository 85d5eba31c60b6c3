import type { FrameRecord, Frames } from '../frames/frames'
import type { PortalLog } from '../log/log'
import { asRecord } from '../untrusted'
import type { BridgeCommand } from './command'
import { answerText, parseCommand } from './command'
import type { BridgeHandler } from './handler'
import { NO_ANSWER, NoAnswer } from './no-answer'

/** Decides every answer to the app's `postMessage`; the page only carries them. */
export interface Bridge {
  /** @returns what to post back to the frame; null where there is no answer, or no callback for it */
  handle: (frameId: string, data: unknown) => string | null
  /** Calls back whoever waits for the closing of this slider. */
  sliderClosed: (frame: FrameRecord) => void
  /** Fires a placement event at a frame that bound it; false when it did not. */
  firePlacementEvent: (frameId: string, event: string, params: unknown) => boolean
}

export interface BridgeParts {
  handlers: () => Map<string, BridgeHandler>
  frames: () => Frames
  log: PortalLog
  /** The app in a frame has begun to talk. */
  onHeard: (frameId: string) => void
  /** Posts an answer that took its time. */
  onAnswer: (frameId: string, key: string, value: unknown) => void
}

/** The bridge of one portal. */
export function createBridge({ handlers, frames, log, onHeard, onAnswer }: BridgeParts): Bridge {
  function answer(frame: FrameRecord, command: BridgeCommand): unknown {
    const handler = handlers().get(command.name)
    if (handler) return handler(frame, new Map(Object.entries(asRecord(command.params) ?? {})), command)
    // The platform never answers these, and an unknown placement command answers nothing either.
    return NO_ANSWER
  }

  return {
    handle(frameId, data) {
      const frame = frames().get(frameId)
      const command = parseCommand(data)
      const common = { source: 'bridge' as const, userId: frame.view.userId, frameId }
      if (!command || command.appSid !== frame.appSid) {
        log.add({
          ...common,
          direction: 'in',
          level: 'warn',
          title: command ? `${command.name} with a foreign APP_SID` : 'A message that is no command',
          details: { data },
        })
        return null
      }
      if (command.name === 'getInitData') onHeard(frameId)
      const isKnown = handlers().has(command.name) || /^im[A-Z]/.test(command.name)
      const entry = log.begin({ ...common, direction: 'in', level: isKnown ? 'info' : 'warn', title: command.name })
      const value = entry.run(() => answer(frame, command))
      if (value instanceof NoAnswer) {
        const why = value.why ?? (isKnown ? null : 'The dev portal does not know this command.')
        entry.end({ ...(why === null ? {} : { level: 'warn' }), details: { params: command.params, answered: false, ...(why === null ? {} : { why }) } })
        return null
      }
      entry.end({ details: { params: command.params, answer: value } })
      return answerText(command.key, value)
    },
    sliderClosed({ onClosed }) {
      if (onClosed && frames().find(onClosed.frameId)) onAnswer(onClosed.frameId, onClosed.key, undefined)
    },
    firePlacementEvent(frameId, event, params) {
      const keys = [...(frames().get(frameId).boundEvents.get(event) ?? [])]
      log.add({ source: 'bridge', direction: 'out', frameId, title: `placement event ${event}`, details: { params, listeners: keys.length } })
      for (const key of keys) onAnswer(frameId, key, params)
      return keys.length > 0
    },
  }
}
