import { createInspector } from '../../../src/runtime/app/inspect/create-inspector'
import type { CreatedInspector } from '../../../src/runtime/app/inspect/create-inspector'
import { explain } from '../../../src/runtime/app/inspect/explain'
import type { Inspector } from '../../../src/runtime/app/inspect/types'
import { createFakeConnection } from '../../../src/testing/fake-connection'
import type { FakeConnection } from '../../../src/testing/fake-connection'
import { createTestPull } from '../../support/mount-with-pull'
import type { TestPull } from '../../support/mount-with-pull'

export interface InspectedPull extends TestPull {
  inspector: CreatedInspector
  /** What `explainPull()` says. */
  explain: (module: string, command: string, others?: Inspector[]) => string
}

/** The real parts over the testing connection, watched. */
export function createInspectedPull({ connection = createFakeConnection() }: { connection?: FakeConnection } = {}): InspectedPull {
  const inspector = createInspector()
  const pull = createTestPull({ connection, probe: inspector })
  return { ...pull, inspector, explain: (module, command, others = []) => explain({ inspector, others, module, command }) }
}
