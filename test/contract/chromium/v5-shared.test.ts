import { describeSdkConnection } from './sdk-driver'

describeSdkConnection('version 5 in shared mode', { version: 5, mode: 'shared' })
