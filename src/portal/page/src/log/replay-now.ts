import type { Replay } from './replay'
import { control } from '../control/client'

/** Does once more what an entry of the log tells of. */
export function replayNow(replay: Replay): Promise<unknown> {
  switch (replay.kind) {
    case 'emit': {
      const { module, command, params, userId } = replay
      return control.emit({ module, command, params, ...(userId === null ? {} : { userId }) })
    }
    case 'rest': {
      const { method, params, userId } = replay
      return control.callRest({ method, params, ...(userId === null ? {} : { userId }) })
    }
    case 'event': return control.fireEvent({ event: replay.event, data: replay.data })
    case 'fault': return control.faultOn({ name: replay.name, settings: replay.settings })
  }
}
