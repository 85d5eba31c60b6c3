// What the SDK has for Push & Pull: client/ uses it, and `sdk.ts` says why it is loaded from here. Only ever imported dynamically.
// eslint-disable-next-line @typescript-eslint/no-restricted-imports -- see above
export { B24PullClientManager } from '@bitrix24/b24jssdk'
