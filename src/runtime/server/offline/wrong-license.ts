import { PullError } from '../../utils/errors'

/** An error of the queue in our words, where the portal's plan is the reason; any other as it is. */
export function explainLicense(error: unknown): unknown {
  if (!(error instanceof PullError)) return error
  const { code, description = '' } = (error.cause ?? {}) as { code?: string, description?: string }
  if (code !== 'WRONG_LICENSE') return error
  return description.includes('auth_connector')
    ? wrongLicense('source keys (`auth_connector`)', 'rest_auth_connector', 'Bind the events without a source key, and leave out `connector`.', error.cause)
    : wrongLicense('an offline queue that waits for a confirmation', 'rest_offline_extended', 'Give `confirm: false`: the portal then forgets events as it hands them out, and those that are not handled are lost.', error.cause)
}

const wrongLicense = (what: string, feature: string, fix: string, cause: unknown): PullError => new PullError({
  code: 'WRONG_LICENSE',
  message: `The portal's plan has no ${what}. Nothing was read.`,
  why: `Bitrix24 gives that on some plans only; \`feature.get\` with the CODE \`${feature}\` tells.`,
  fix,
  cause,
})
