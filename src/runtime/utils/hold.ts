import type { Telling } from './emitter'

/** Runs at once; what is told in the run is told once it is over. Apart from the emitter, which is in the app's entry. */
export function hold({ isBusy, tell }: Telling, run: () => void): void {
  if (isBusy) run()
  else tell([{ call: run }], undefined)
}
