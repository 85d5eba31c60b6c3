import type { AjaxResult, B24Frame } from '@bitrix24/b24jssdk'
import { PullError, type PullErrorCode } from '../../../utils/errors'
import { restProblem } from '../../../rest/rest-problem'
import { assertSuccess, toFailure } from '../../../rest/call-rest'
import type { PullConfig } from './client'

export interface StartConfig {
  userId: number
  config: PullConfig
}

const METHOD = 'pull.application.config.get'

/** What no retry can mend: the page's place, the app's registration or the account has to change. */
const final: ReadonlySet<PullErrorCode> = new Set([
  'NOT_IN_FRAME', 'FRAME_NO_ANSWER', 'WRONG_AUTH_TYPE', 'INSUFFICIENT_SCOPE', 'PULL_NOT_CONFIGURED', 'REST_NOT_AVAILABLE',
])

export const isFinal = (error: PullError): boolean => final.has(error.code)

/**
 * Who the user is and how to reach the push server, in one REST round trip.
 *
 * @throws PullError
 */
export async function loadStartConfig(frame: B24Frame): Promise<StartConfig> {
  const answer = await frame.actions.v2.batch.make({
    calls: {
      profile: { method: 'profile', params: {} },
      config: { method: METHOD, params: { CACHE: 'N' } },
    },
    options: { isHaltOnError: false, returnAjaxResult: true },
  }).catch((error) => {
    throw restProblem('batch', toFailure(error))
  })
  const results = answer.getData() as Partial<Record<'profile' | 'config', AjaxResult<unknown>>> | null
  if (!results?.profile || !results.config) assertSuccess('batch', answer)
  return { config: readConfig(results?.config), userId: readUserId(results?.profile) }
}

function readUserId(result: AjaxResult<unknown> | undefined): number {
  if (result) assertSuccess('profile', result)
  const profile = result?.getData()?.result as { ID?: unknown } | undefined
  const userId = Number(profile?.ID)
  if (!Number.isInteger(userId) || userId <= 0) throw restProblem('profile', { code: 'NO_USER_ID', status: 0, description: 'the answer names no user' })
  return userId
}

function readConfig(result: AjaxResult<unknown> | undefined): PullConfig {
  if (result && !result.isSuccess) {
    const [error] = result.getErrors()
    throw configProblem(error)
  }
  const data = result?.getData()?.result as (PullConfig & { serverTime?: string }) | undefined
  if (typeof data?.server !== 'object' || typeof data.channels !== 'object') {
    throw restProblem(METHOD, { code: 'NO_CONFIG', status: 0, description: 'the answer holds no configuration' })
  }
  const { serverTime, ...config } = data
  const shift = serverTime ? Math.floor((Date.now() - new Date(serverTime).getTime()) / 1000) : 0
  return { ...config, server: { ...config.server, timeShift: Number.isFinite(shift) ? shift : 0 } }
}

function configProblem(error: unknown): PullError {
  const failure = toFailure(error)
  if (failure.code !== 'SERVER_ERROR') return restProblem(METHOD, failure)
  return new PullError({
    code: 'PULL_NOT_CONFIGURED',
    message: 'Push & Pull is not set up on this portal.',
    why: 'The portal answered SERVER_ERROR to the question for its push server: there is none.',
    fix: 'On a self-hosted Bitrix24 its administrator sets it up under Settings → Push & Pull; in the cloud, ask Bitrix24\'s support.',
    cause: failure,
  })
}
