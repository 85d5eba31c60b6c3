import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 3 over long polling', { version: 3, transport: 'long-polling' })
