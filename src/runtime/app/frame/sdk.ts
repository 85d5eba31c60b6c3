// What this module uses of the SDK: bundlers leave out the rest. Only ever imported dynamically, so that the SDK is a chunk of its own.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- see above
export { B24PullClientManager, initializeB24Frame } from '@bitrix24/b24jssdk'
