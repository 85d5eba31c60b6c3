import type { PullSender } from 'nuxt-b24-pull/server'
import { createPgBossSender } from 'nuxt-b24-pull/server/pg-boss'

/** In this process; with `DATABASE_URL` in PostgreSQL, where nothing is lost and several processes share the work. */
export const sender = createSender(process.env.DATABASE_URL)

/** `postgres://…` is a server; a folder, as `./.data/queue`, is PostgreSQL inside of this process. */
async function createSender(url?: string): Promise<PullSender> {
  if (!url) return createPullSender({ connect: openPortal })

  const { fromPglite, PgBoss } = await import('pg-boss')
  const database = /^postgres(?:ql)?:/.test(url)
    ? { connectionString: url }
    : { db: fromPglite(await import('@electric-sql/pglite').then(({ PGlite }) => PGlite.create(url))), backend: 'pglite' as const }
  const boss = new PgBoss({ ...database, useListenNotify: true, superviseIntervalSeconds: 10 })
  boss.on('error', console.error)
  await boss.start()
  const queue = await createPgBossSender({ boss, connect: openPortal })
  const { close } = queue
  return Object.assign(queue, { close: () => close().then(() => boss.stop()) })
}
