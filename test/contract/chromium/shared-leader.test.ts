import { describeSharedConnection } from './shared-driver'

describeSharedConnection('leader', 'version 4 over WebSocket', { version: 4, mode: 'shared' })
