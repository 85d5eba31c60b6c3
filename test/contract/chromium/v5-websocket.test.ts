import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 5 over WebSocket', { version: 5 })
