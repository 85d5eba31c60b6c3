import type { Ref } from 'vue'
import { onScopeDispose, ref } from 'vue'

const TICK = 20

export interface UseBurstReturn {
  isRunning: Readonly<Ref<boolean>>
  /** How many have been sent of the present, or the last, burst. */
  done: Readonly<Ref<number>>
  /** Sends `times` messages; `send` sends one, and its `false` ends the burst. */
  start: (times: number, perSecond: number, send: () => Promise<boolean>) => void
  stop: () => void
}

/** Sends many times at a steady rate. */
export function useBurst(): UseBurstReturn {
  const isRunning = ref(false)
  const done = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function stop() {
    clearInterval(timer)
    isRunning.value = false
  }

  function start(times: number, perSecond: number, send: () => Promise<boolean>) {
    stop()
    done.value = 0
    isRunning.value = true
    const startedAt = performance.now()
    let begun = 0

    // Counted from the clock, not from the ticks: timers come late, and the rate must hold all the same.
    function tick() {
      const due = Math.min(times, 1 + Math.floor((performance.now() - startedAt) * perSecond / 1000))
      while (begun < due) {
        begun++
        void send().then((isSent) => {
          if (!isSent) return stop()
          done.value++
          if (done.value === times) stop()
        })
      }
      if (begun === times) clearInterval(timer)
    }

    timer = setInterval(tick, TICK)
    tick()
  }

  onScopeDispose(stop)
  return { isRunning, done, start, stop }
}
