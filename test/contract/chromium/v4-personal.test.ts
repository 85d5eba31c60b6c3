import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 4 on a push server of the portal\'s own', { version: 4, mode: 'personal' })
