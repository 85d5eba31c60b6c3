const NAMES = {
  ours: 'nuxt-b24-pull',
  oursOn: 'nuxt-b24-pull, on()',
  sdk: 'SDK by hand',
  sdkCommand: 'SDK per command',
  mitt: 'mitt',
  eventBus: 'useEventBus',
  pinia: 'Pinia, watched',
  piniaDeep: 'Pinia, watched deeply',
}

/**
 * The results as a page of their own.
 * @param {{ machine: Record<string, unknown>, results: Record<string, any>, verdicts: ReturnType<typeof import('./verdicts.mjs').judge> }} run
 * @returns {string} Markdown
 */
export function toMarkdown({ machine, results, verdicts }) {
  const { dispatch, life, mount, storm, heap, start, shared, inspect, size } = results
  return [
    '# Benchmarks',
    'Written by `npm run bench`, which measures everything in one run: the same work for all, taking turns, medians. Figures of different runs, or machines, must not be compared; ratios within one run may. Production builds throughout.',
    table(['cores', 'memory', 'Node', 'Chromium', 'load before'], [[machine.cores, machine.memory, machine.node, machine.chromium, machine.load]]),
    'Again: `npm run bench`; parts of it: `npm run bench -- --only dispatch,life`; one JSON object and nothing else: `npm run --silent bench -- --json` (without `--silent`, npm itself prints a line before it). How many connections one dev portal holds: `node bench/connections.mjs`. How many frames an app draws while the dev portal shows what it hears: `node bench/inspector.mjs`.',
    '## What has to hold',
    table(['claim', 'figure', 'limit', ''], verdicts.map(({ claim, value, limit, unit, relation, holds }) => [claim, `${short(value)}${unit}`, `${relation} ${limit}${unit}`, holds ? 'holds' : '**does not hold**'])),
    '## Who takes part',
    [
      '- **SDK by hand**: what `useSubscribePullClient` does, with `if (message.command === …)` in each component.',
      '- **SDK per command**: the SDK\'s client subscribed with `moduleId` and `command`.',
      '- **mitt**, **useEventBus** of VueUse: one subscription at the SDK, handed on under a key of module and command.',
      '- **Pinia, watched**: messages pushed into a deep reactive array; components watch a counter or the length and look at what is new, which is kinder than watching deeply.',
      '- **Pinia, watched deeply**: the same with `{ deep: true }` in the list and the counter alone, and only the last 100 messages kept: with all components watching deeply, or more messages, it would take minutes.',
    ].join('\n'),
    ...(dispatch
      ? [
          '## Dispatch',
          'Time per message. From the SDK\'s incoming message to the one handler it is for, subscriptions spread over 100 modules:',
          bySize(dispatch.spread, time),
          'The same, each subscription with a command of its own in one module:',
          bySize(dispatch.oneModule, time),
          'The same, from the text of the frame on (JSON included, which weighs the same for all):',
          bySize(dispatch.oneModuleFrames, time),
          'To all handlers of one command. `usePullCommand()` of ours keeps `data`, `message` and `count` for each; `$b24Pull.on()` calls a handler, as the others do:',
          bySize(dispatch.crowd, time),
          'The dispatch alone, without the SDK: one handler among many, then all handlers of one command:',
          bySize(dispatch.aloneSpread, time),
          bySize(dispatch.aloneCrowd, time),
        ]
      : []),
    ...(life
      ? [
          '## Life',
          `Time to subscribe so many, and to unsubscribe them, in one module with 100 commands. All sizes come one after the other in each round, in changing order; garbage is collected before each, and Node keeps compiled code (\`--no-flush-bytecode\`), which collections would else throw away. Medians of ${life.rounds} rounds, of ${life.slowRounds} for the SDK by hand, which needs many times as long:`,
          bySize(life.subscribe, ms),
          bySize(life.unsubscribe, ms),
          'Unsubscribing 20,000 to 10,000, the median of the rounds\' ratios:',
          table(Object.keys(life.unsubscribeGrowth).map(name => NAMES[name]), [Object.values(life.unsubscribeGrowth).map(value => `${short(value)}×`)]),
          '5,000 components with one subscription each, on a renderer without a document:',
          bySize({ mount: life.mount, unmount: life.unmount }, ms, 'of 5,000'),
          `Mounting ours to mounting the same components without a subscription, the median of the rounds' ratios: ${short(life.mountToBare)}×.`,
        ]
      : []),
    ...(mount
      ? [
          `In a page in Chromium, connected to a portal: a list of 5,000 rows, each a component of two elements, with \`usePullCommand()\` in each and without. Garbage is collected before each. Medians of ${mount.rounds} rounds in each of ${mount.pages} loads of the page; the ratio of mounting is the median of theirs, ${short(mount.ratio)}×:`,
          table(['of 5,000', 'with a subscription', 'without'], ['mount', 'unmount'].map(what => [what, ms(mount.listening[what]), ms(mount.bare[what])])),
        ]
      : []),
    ...(storm
      ? [
          '## Storm',
          `${storm.messages.toLocaleString('en')} messages as fast as the dev portal sends them, into a page in Chromium with a list of the last 100, a counter and ${storm.listeners} listening components, which render nothing of what they hear. List and counter of ours come from the store. Before each storm, ${storm.warm.toLocaleString('en')} messages that nobody measures fill the lists and have everyone's code compiled; then garbage is collected. \`busy\` and \`longest task\` are of the frame's main thread, in time of the processor; a good part of \`busy\` is the browser's own work on the socket, the same for all. Medians of ${storm.rounds} rounds, of ${storm.slowRounds} for the deeply watched store, which needs many times as long. The longest task is the lower quartile of the rounds: what else the machine does, and a clock that jumps, make it longer in about a third of the storms, and in none shorter.`,
          'Rows are keyed as costs each less in all: by the message where each message is rendered, because one row is added then; by the place in the list where a frame\'s messages are rendered at once, because all rows are others then.',
          stormTable(storm.contestants),
          `The other way round, ${storm.otherWayRounds} rounds:`,
          stormTable(storm.otherWay),
        ]
      : []),
    ...(heap
      ? [
          '## Memory',
          `Growth of the heap over ${heap.messages.toLocaleString('en')} messages in Node, each with an id of its own, through the whole way to 20 subscriptions; after the garbage collector. (The array of the Pinia contestant is cut at 1,000 messages.)`,
          table(Object.keys(heap.growth).map(name => NAMES[name]), [Object.values(heap.growth).map(kB)]),
        ]
      : []),
    ...(start
      ? [
          '## Start',
          `From the load of the frame in a portal's page that has loaded before, nothing cached, beside the SDK's own four calls in an app of the same size that has the SDK in its entry. Files are served as they were compressed before, for both. Each is connected when it is told so: by the SDK's status event there, by \`isConnected\` here. Without latency there is no round trip to be saved, and what ours loads after the mount is what the SDK's way has loaded before it: shown, and no claim. Medians of the rounds; ratios are medians of their ratios:`,
          table(['REST latency', 'who', 'app mounted', 'connected', 'REST round trips', 'loaded before the mount', 'after'], Object.entries(start.latencies).flatMap(([latency, { contestants }]) => Object.entries(contestants).map(([name, run]) => [`${latency} ms`, name === 'ours' ? NAMES.ours : 'SDK, four calls', ms(run.mounted), ms(run.connected), run.roundTrips, kB(run.bytesBefore), kB(run.bytesAfter)]))),
          table(['REST latency', 'rounds', 'app mounted, ours to the SDK\'s', 'connected', 'SDK asked for after the mount, at the soonest'], Object.entries(start.latencies).map(([latency, { rounds, mountedRatio, connectedRatio, sdkAfterMount }]) => [`${latency} ms`, rounds, `${short(mountedRatio)}×`, `${short(connectedRatio)}×`, ms(sdkAfterMount)])),
        ]
      : []),
    ...(shared
      ? [
          '## Shared connection',
          `[One connection for all frames](../docs/shared-connection.md) beside one for each (\`share: false\`), in a Chromium with a person's defaults, over WebSocket; in each round both take turns, and each checks its roles. A second frame: from its mount to its first message, of which one comes every 5 ms, beside a frame that is connected. In life portal and push server are other machines, so it is measured with latency, too: REST answers a round trip later; a new socket is open after three, for TCP, TLS 1.3 and the socket's own request, and what comes through it is on its way for half of one. The app's code comes without latency, as from the browser's cache, into which the first frame has loaded it; what is said between frames needs no network. Without latency a connection costs next to nothing, so that there is little to be saved: shown, and no claim. ${shared.frames} frames: ${shared.perSecond.toLocaleString('en')} messages a second into all of them; processor time of all of the browser, the portal's page included, which is the same for both, and of the process of the server, which drives the browser too. Medians of ${shared.alone.rounds} rounds, of ${shared.second[50].rounds} for a second frame, of ${shared.crowd.rounds} for the many; ratios are medians of the rounds' ratios:`,
          table(['', 'shared', 'a connection each', 'ratio'], [
            ['one frame alone, connected after', ...sharedRow(shared.alone, 'connected', ms)],
            ...Object.entries(shared.second).map(([latency, run]) => [`second frame, ${latency} ms of latency, first message after`, ...sharedRow(run, 'heard', ms)]),
            [`${shared.frames} frames, the browser's processor time`, ...sharedRow(shared.crowd, 'browser', ms)],
            [`${shared.frames} frames, the server's`, ...sharedRow(shared.crowd, 'server', ms)],
          ]),
        ]
      : []),
    ...(inspect
      ? [
          '## Inspector',
          `Development builds have an [inspector](../docs/inspector.md). Processor time of one message from its body to its last handler, in a development build with and without it, while nobody looks; of several processes, for what V8 makes of the same code differs from one to another. Medians of ${inspect.processes}:`,
          table(['listening', 'without', 'with the inspector'], Object.entries(inspect.bySize).map(([size, { plain, inspected }]) => [size, time(plain), time(inspected)])),
        ]
      : []),
    ...(size
      ? [
          '## Size',
          'Bytes after gzip. A Nuxt app with Pinia alone, and the same with the module; then the chunks that load later, and what each composable adds where only that one is used (`npm run size`, or `npm run --silent size -- --json`; budgets in `budgets.json`):',
          table(['entry, Pinia alone', 'entry, with the module', 'the module adds'], [[size.entry.withPinia, size.entry.withModule, size.entry.growth]]),
          table(['later', 'bytes'], Object.entries(size.later)),
          table(['composable', 'adds'], Object.entries(size.composables)),
        ]
      : []),
    '',
  ].join('\n\n').trimEnd().concat('\n')
}

function stormTable(contestants) {
  return table(['', 'rows by', 'busy', 'longest task', 'renders', 'frames', 'dropped frames', 'handlers called', 'heap growth', 'took'], Object.entries(contestants).map(([name, run]) => [NAMES[name], run.rows, ms(run.busy), ms(run.longest), run.renders, run.frames, run.dropped, run.calls.toLocaleString('en'), kB(run.heapGrowth), ms(run.took)]))
}

function sharedRow({ shared, own, ratio }, key, write) {
  return [write(shared[key]), write(own[key]), `${short(ratio[key])}×`]
}

function bySize(rows, write, of = 'subscriptions') {
  const names = Object.keys(Object.values(rows)[0])
  return table([of, ...names.map(name => NAMES[name])], Object.entries(rows).map(([size, figures]) => {
    const best = Math.min(...Object.values(figures))
    return [Number(size) ? Number(size).toLocaleString('en') : size, ...names.map(name => figures[name] === best ? `**${write(figures[name])}**` : write(figures[name]))]
  }))
}

function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

const short = value => Number(value.toPrecision(3)).toString()
const time = ns => ns < 1000 ? `${Math.round(ns)} ns` : ns < 1e6 ? `${short(ns / 1000)} µs` : `${short(ns / 1e6)} ms`
const ms = value => `${short(value)} ms`
const kB = bytes => `${short(bytes / 1000)} kB`
