/**
 * What has to hold, judged by the figures of one run. A part that was not run is left out.
 * @param {Record<string, any>} results by part
 * @returns {{ claim: string, value: number, limit: number, unit: string, holds: boolean }[]} one for each claim
 */
export function judge({ dispatch, life, mount, storm, heap, start, shared, inspect, size }) {
  const lines = []
  const atMost = (claim, value, limit, unit = '×') => lines.push({ claim, value, limit, unit, relation: '≤', holds: value <= limit })
  const atLeast = (claim, value, limit, unit = '×') => lines.push({ claim, value, limit, unit, relation: '≥', holds: value >= limit })

  // What is small against the SDK's own work on one machine need not be so on another: for 1,000 subscriptions over 100 modules processors
  // differ by a factor of four. That claim is where it holds on all, and what ours costs is held against itself and against reading the frame.
  if (dispatch) {
    const { spread, spreadGrowth, oneModule, oneModuleGrowth, oneModuleFrames, crowd, aloneSpread, aloneCrowd } = dispatch
    atMost('From the SDK\'s incoming message to its one listener, 1 subscription: ours to the SDK by hand', spread[1].ours / spread[1].sdk, 1)
    atMost('The same, to reading its frame as well: ours to ours', spread[1].ours / oneModuleFrames[1].ours, 0.25)
    atMost('The same with 10,000 subscriptions over 100 modules, to our own cost with 1, median of pairs', spreadGrowth.ours, 1.5)
    atMost('The same with 10,000 subscriptions in one module, to our own cost with 1, median of pairs', oneModuleGrowth.ours, 1.5)
    atLeast('1,000 subscriptions in one module: the SDK by hand to ours', oneModule[1000].sdk / oneModule[1000].ours, 5)
    atLeast('The same, the frame\'s JSON included', oneModuleFrames[1000].sdk / oneModuleFrames[1000].ours, 5)
    atMost('1,000 subscriptions over 100 modules: ours to the SDK by hand', spread[1000].ours / spread[1000].sdk, 1)
    atMost('The dispatch alone, one listener among 10,000: ours to mitt', aloneSpread[10_000].ours / aloneSpread[10_000].mitt, 1.5)
    atMost('1,000 listeners of one command, through the SDK: ours by `$b24Pull.on()` to mitt', crowd[1000].oursOn / crowd[1000].mitt, 1.5)
    atMost('The same, ours by `usePullCommand()`, which shows each what it has heard, to mitt, which does not', crowd[1000].ours / crowd[1000].mitt, 2)
    atMost('The dispatch alone, 1,000 listeners of one command: ours to mitt', aloneCrowd[1000].ours / aloneCrowd[1000].mitt, 1.5)
  }
  if (life) {
    const { unsubscribe, unsubscribeGrowth: growth } = life
    atMost(`Unsubscribing 20,000 to 10,000, median of pairs (mitt in the same run: ${growth.mitt.toPrecision(3)}×)`, growth.ours, 2.5)
    atLeast('Unsubscribing 20,000: the SDK by hand to ours', unsubscribe[20_000].sdk / unsubscribe[20_000].ours, 50)
    atMost('Mounting 5,000 components with one subscription each: ours by `usePullCommand()` to the SDK by hand', life.mount.ours / life.mount.sdk, 1.4)
  }
  if (mount) atMost('Mounting 5,000 components in a page, with `usePullCommand()` in each to the same without, median of pairs', mount.ratio, 1.4)
  if (storm) {
    const { ours, ...others } = storm.contestants
    const rivals = Object.values(others)
    atLeast('Storm, main-thread time: the deeply watched store to ours', others.piniaDeep.busy / ours.busy, 5)
    atMost('Storm, longest task, rows keyed as costs each less: ours to the best of the others', ours.longest / Math.min(...rivals.map(({ longest }) => longest)), 1)
    atMost('Storm, renders per frame', ours.renders / ours.frames, 1)
    atLeast('Storm, handlers called for each message', ours.calls / (storm.messages * storm.listeners), 1)
  }
  if (heap) atMost(`${heap.messages.toLocaleString('en')} messages: growth of the heap`, heap.growth.ours / 1e6, 5, ' MB')
  if (start) {
    atMost('REST round trips before the socket', start.latencies[0].contestants.ours.roundTrips, 1, '')
    // Where REST costs nothing there is no round trip to be saved, and what ours loads after the mount the SDK's way has loaded before it: no claim.
    for (const [latency, { connectedRatio }] of Object.entries(start.latencies).filter(([latency]) => Number(latency))) atMost(`Time to connected, ${latency} ms of REST latency: ours to the SDK's own way, median of pairs`, connectedRatio, 0.9)
    atMost('Time to the app\'s mount: ours to the SDK\'s own way, without a latency of REST, median of pairs', start.latencies[0].mountedRatio, 0.9)
    atLeast('The SDK is asked for after the app has mounted (page built by Vite, the soonest of all loads)', Math.min(...Object.values(start.latencies).map(({ sdkAfterMount }) => sdkAfterMount)), 0, ' ms')
  }
  if (shared) {
    const { alone, second, crowd, frames, perSecond } = shared
    atMost('A second frame: REST round trips, without a socket', Math.max(...Object.values(second).map(run => run.shared.roundTrips)), 1, '')
    // Without latency a connection costs next to nothing, and what both load and ask for first is all there is: no claim.
    atMost('A second frame, from its mount to its first message, 50 ms of latency: shared to a connection of its own, median of pairs', second[50].ratio.heard, 0.5)
    for (const where of ['browser', 'server']) atMost(`${frames} frames, ${perSecond.toLocaleString('en')} messages a second, the ${where}'s processor time: shared to connections of their own, median of pairs`, crowd.ratio[where], 1)
    // Equal, within what such medians scatter: 0.98 to 1.04 in five runs.
    atMost('One frame alone, time to connected: shared to `share: false`, median of pairs', alone.ratio.connected, 1.1)
  }
  if (inspect) {
    // Likewise: 0.94 to 1.07 in six runs.
    for (const [listeners, ratio] of Object.entries(inspect.ratio)) atMost(`Development build, ${listeners} listening: a message with the inspector there and closed to one without, median of pairs`, ratio, 1.1)
  }
  if (size) {
    atMost('Growth of the entry over the app with Pinia alone', size.entry.growth / 1000, 3, ' kB')
    atLeast('The SDK is in none of the chunks that the Nuxt app\'s entry imports', Number(size.isSdkLater), 1, '')
    atLeast('Nor is anything by which frames share a connection', Number(size.isSharingLater), 1, '')
  }
  return lines
}
