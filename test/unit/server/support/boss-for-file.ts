import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll } from 'vitest'
import { startPostgres } from '../../../support/postgres'
import type { TestPostgres } from '../../../support/postgres'

/** What the tests of a file keep their queues in, from the first one on. */
export interface BossOfFile {
  readonly postgres: TestPostgres
  /** Started. */
  readonly boss: PgBoss
}

/** A PostgreSQL and a pg-boss on it for all tests of a file. @param bin where its programs are */
export function bossForFile(bin: string | null): BossOfFile {
  let postgres: TestPostgres
  let boss: PgBoss

  beforeAll(async () => {
    postgres = await startPostgres(bin!)
    boss = new PgBoss({ connectionString: postgres.connectionString, useListenNotify: true, max: 5 })
    boss.on('error', () => {})
    await boss.start()
  })

  afterAll(async () => {
    await boss?.stop({ graceful: false })
    await postgres?.stop()
  })

  return {
    get postgres() {
      return postgres
    },
    get boss() {
      return boss
    },
  }
}
