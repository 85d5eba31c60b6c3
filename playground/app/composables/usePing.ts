/** A ping that arrived. */
export interface PingArrival {
  receivedAt: number
  /** ms from sending to arrival; `null` for a ping that another page, or the portal, has sent. */
  roundTrip: number | null
  params: Readonly<Record<string, unknown>>
}

const KEPT = 5

/** Sends `application:ping`, once or every second, and measures how long it is under way. */
export function usePing() {
  const page = Math.random().toString(36).slice(2)
  const arrivals = shallowRef<readonly PingArrival[]>([])
  const isRepeating = ref(false)
  let timer: ReturnType<typeof setInterval> | undefined

  const { sendAsync, isSending, error } = usePullSend('application')
  const { count } = usePullCommand('application', 'ping', (params, message) => {
    const isOwn = params.from === page && typeof params.sentAt === 'number'
    const roundTrip = isOwn ? Math.max(0, message.receivedAt - params.sentAt!) : null
    arrivals.value = [{ receivedAt: message.receivedAt, roundTrip, params }, ...arrivals.value].slice(0, KEPT)
  })

  async function sendOne() {
    // A failure is shown from `error`.
    await sendAsync('ping', { from: page, sentAt: Date.now() }).catch(() => stopRepeating())
  }

  function stopRepeating() {
    clearInterval(timer)
    isRepeating.value = false
  }

  function toggleRepeating() {
    if (isRepeating.value) return stopRepeating()
    isRepeating.value = true
    timer = setInterval(sendOne, 1000)
    void sendOne()
  }

  onScopeDispose(stopRepeating)

  return { arrivals, count, error, isRepeating, isSending, sendOne, toggleRepeating }
}
