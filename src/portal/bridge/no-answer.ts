/** Stands for "no answer", now or ever. */
export class NoAnswer {
  /** Why, where an app would not expect it. */
  readonly why: string | null

  constructor(why: string | null = null) {
    this.why = why
  }
}

/** Nothing unusual: the platform never answers this one, or answers later. */
export const NO_ANSWER: NoAnswer = new NoAnswer()

/** The platform does not do this here, and does not say so to the app. */
export function denied(why: string): NoAnswer {
  return new NoAnswer(why)
}
