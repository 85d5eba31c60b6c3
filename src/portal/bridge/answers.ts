import { answerText } from './command'

/** Answers that took their time: the page carries them to the frame. */
export interface Answers {
  post: (frameId: string, key: string, value: unknown) => void
  /** Returns the function that ends the subscription. */
  subscribe: (listener: (frameId: string, message: string) => void) => () => void
}

/** The late answers of one portal. */
export function createAnswers(): Answers {
  const listeners = new Set<(frameId: string, message: string) => void>()
  return {
    post(frameId, key, value) {
      const message = answerText(key, value)
      if (message !== null) for (const listener of [...listeners]) listener(frameId, message)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
