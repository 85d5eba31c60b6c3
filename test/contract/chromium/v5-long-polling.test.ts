import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 5 over long polling', { version: 5, transport: 'long-polling' })
