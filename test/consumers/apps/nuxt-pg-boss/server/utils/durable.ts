import type { PullSender } from 'nuxt-b24-pull/server'
import { createPgBossSender } from 'nuxt-b24-pull/server/pg-boss'
import type { PgBossSenderOptions } from 'nuxt-b24-pull/server/pg-boss'
import type { AnyMembers } from '../../types/any'
import type { Nothing, Same, Yes } from '../../types/measure'
import { PgBoss } from 'pg-boss'

export type OfPgBoss = [
  // What pg-boss itself leaves open is its own.
  Nothing<AnyMembers<Omit<PgBossSenderOptions, 'boss'>>>,
  Yes<Same<PgBossSenderOptions['boss'], PgBoss>>,
  Yes<Same<ReturnType<typeof createPgBossSender>, Promise<PullSender>>>,
]

/** As docs/server.md has it. Compiled and bundled, never run. */
export async function startSender(connectionString: string): Promise<PullSender> {
  const boss = new PgBoss({ connectionString, useListenNotify: true, superviseIntervalSeconds: 10 })
  await boss.start()
  // @ts-expect-error how to reach a portal is missing
  await createPgBossSender({ boss })
  return createPgBossSender({ boss, connect: () => null })
}
