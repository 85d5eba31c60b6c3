export { createPgBossSender } from '../runtime/server/pg-boss/create-pg-boss-sender'
export type { PgBossSenderOptions } from '../runtime/server/pg-boss/types'
