// What this module uses of the SDK: bundlers leave out the rest. Only ever imported dynamically, so that the SDK is a chunk of its own,
// and in two parts, so that the portal is asked as soon as the first is there. The second is imported from here, where what both
// share has loaded: a bundler then makes no third chunk of that.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- see above
export { initializeB24Frame } from '@bitrix24/b24jssdk'

export const loadPullSdk = (): Promise<typeof import('./sdk-pull')> => import('./sdk-pull')
