import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 4 over WebSocket', { version: 4 })
