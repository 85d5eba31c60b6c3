import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 4 over long polling', { version: 4, transport: 'long-polling' })
