import process from 'node:process'
import { PgBoss } from 'pg-boss'
import { createPgBossSender } from '../../../../src/server/pg-boss'
import { connectTo } from './many-portals'

// A worker of the durable sender, to be killed: `node pg-boss-worker.js <connection string> <origin of the portals>`.

const [connectionString = '', origin = ''] = process.argv.slice(2)
const boss = new PgBoss({ connectionString, max: 4, useListenNotify: true })
boss.on('error', () => {})
await boss.start()
await createPgBossSender({ boss, connect: memberId => connectTo(origin, memberId), concurrency: 4 })
process.stdout.write('working\n')
