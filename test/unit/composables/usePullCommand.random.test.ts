// @vitest-environment happy-dom
import fc from 'fast-check'
import { createApp, effectScope } from 'vue'
import { describe, expect, it } from 'vitest'
import { usePullCommand } from '../../../src/runtime/app/composables/usePullCommand'
import { createTestPull } from '../../support/mount-with-pull'

// What nobody looks at is counted for a whole crowd at once, and found out when somebody looks. Each subscription here has a twin whose
// filter lets everything pass: it is told of every message, and whatever happens in whatever order, the two must show the same.

const SUBSCRIPTIONS = 3
const COMMANDS = ['ping', 'pong', 'other'] as const
const WANTED = ['ping', 'pong', '*', ['ping', 'pong']] as const

const which = fc.nat(SUBSCRIPTIONS - 1)
const command = fc.constantFrom(...COMMANDS)
const action = fc.oneof(
  fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'stop' as const), which }),
  fc.record({ do: fc.constant('look' as const), which, at: fc.constantFrom('data' as const, 'message' as const, 'count' as const, 'error' as const) }),
)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('receive' as const), command, /** What its handlers do. */ then: fc.option(action), again: fc.option(command, { freq: 4 }) }) },
  { weight: 2, arbitrary: action },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('join' as const), wants: fc.constantFrom(...WANTED) }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function createWorld() {
  const pull = createTestPull()
  const app = createApp({ render: () => null }).use(pull)
  const scope = effectScope(true)
  let onHeard: (() => void) | undefined
  const subscribe = (wants: typeof WANTED[number]) => app.runWithContext(() => scope.run(() => [
    usePullCommand('application', wants, () => onHeard?.()),
    usePullCommand('application', wants, () => {}, { filter: () => true }),
  ] as const)!)
  const pairs = [subscribe('ping'), subscribe('ping'), subscribe('*')]
  let id = 0

  function act(action: Action): void {
    const pair = pairs[action.which]!
    if (action.do !== 'look') return pair.forEach(one => one[action.do]())
    expect(pair[0][action.at].value).toEqual(pair[1][action.at].value)
  }

  function receive(command: string, once?: () => void): void {
    onHeard = once && (() => {
      onHeard = undefined
      once()
    })
    pull.connection.receive({ module: 'application', command, params: { id: id++ } })
    onHeard = undefined
  }

  return {
    take(step: Step): void {
      if (step.do === 'join') pairs.push(subscribe(step.wants))
      else if (step.do !== 'receive') act(step)
      else {
        const { then, again } = step
        receive(step.command, () => {
          // A look from within a dispatch may see one of the two before its turn.
          if (then && then.do !== 'look') act(then)
          else if (then) void pairs[then.which]![0][then.at].value
          if (again) receive(again)
        })
      }
    },
    shown: (ofPair: 0 | 1) => pairs.map(({ [ofPair]: { data, message, count, isActive } }) => [data.value, message.value, count.value, isActive.value]),
    end() {
      scope.stop()
      pull.dispose()
    },
  }
}

describe('what a subscription has heard', () => {
  it('is the same whether somebody has looked all along, or looks only now', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const world = createWorld()
      for (const step of steps) world.take(step)
      expect(world.shown(0)).toEqual(world.shown(1))
      world.end()
    }), { numRuns: 500 })
  })
})
