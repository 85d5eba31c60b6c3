// What an app loads when it connects, as one chunk.
export { createSdkConnection } from './client/sdk/connection'
export { createReceiver } from './receiver'
