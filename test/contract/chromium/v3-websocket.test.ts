import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 3 over WebSocket', { version: 3 })
