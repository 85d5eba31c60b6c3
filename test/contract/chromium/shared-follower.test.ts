import { describeSharedConnection } from './shared-driver'

describeSharedConnection('follower', 'version 5 over WebSocket', { version: 5 })
