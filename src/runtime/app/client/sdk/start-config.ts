import type { AjaxResult, B24Frame } from '@bitrix24/b24jssdk'
import { epochNow } from '../../../utils/clock'
import { PullError } from '../../../utils/errors'
import type { PullErrorCode } from '../../../utils/errors'
import { restProblem } from '../../../rest/rest-problem'
import { assertSuccess, toFailure } from '../../../rest/call-rest'
import { configUnusable } from '../problems'
import type { PullConfig } from './pull-client'
import { readConfig } from './read-config'

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
  const results = await askInOne(frame, ['profile', 'config'])
  return { config: configOf(results.config, epochNow()), userId: userIdOf(results.profile) }
}

/** What a start begins with where the connection may be shared. */
export interface StartAnswers {
  userId: number
  /** `CODE` of the app; `null` where the portal does not tell it. */
  app: string | null
  /** How to reach the push server, where that was asked: it throws where the portal refuses to tell, which only whoever connects has to know. */
  config: (() => PullConfig) | null
}

/**
 * Who the user is and of which app, in one REST round trip.
 *
 * @param frame the app's
 * @param withConfig whether to ask in the same round trip how to reach the push server
 * @throws PullError
 */
export async function loadStartAnswers(frame: B24Frame, withConfig: boolean): Promise<StartAnswers> {
  const results = await askInOne(frame, withConfig ? ['profile', 'app', 'config'] : ['profile', 'app'])
  const answeredAt = epochNow()
  return { userId: userIdOf(results.profile), app: readApp(results.app), config: withConfig ? () => configOf(results.config, answeredAt) : null }
}

const calls = {
  profile: { method: 'profile', params: {} },
  app: { method: 'app.info', params: {} },
  config: { method: METHOD, params: { CACHE: 'N' } },
}

type Answers = Partial<Record<keyof typeof calls, AjaxResult<unknown>>>

async function askInOne(frame: B24Frame, names: readonly (keyof typeof calls)[]): Promise<Answers> {
  const answer = await frame.actions.v2.batch.make({
    calls: Object.fromEntries(names.map(name => [name, calls[name]])),
    options: { isHaltOnError: false, returnAjaxResult: true },
  }).catch((error) => {
    throw restProblem('batch', toFailure(error))
  })
  const results = answer.getData() as Answers | null
  if (names.some(name => !results?.[name])) assertSuccess('batch', answer)
  return results ?? {}
}

function readApp(result: AjaxResult<unknown> | undefined): string | null {
  const info = result?.isSuccess ? result.getData()?.result as { CODE?: unknown } | undefined : undefined
  return typeof info?.CODE === 'string' && info.CODE ? info.CODE : null
}

function userIdOf(result: AjaxResult<unknown> | undefined): number {
  if (result) assertSuccess('profile', result)
  const profile = result?.getData()?.result as { ID?: unknown } | undefined
  const userId = Number(profile?.ID)
  if (!Number.isInteger(userId) || userId <= 0) throw restProblem('profile', { code: 'NO_USER_ID', status: 0, description: 'the answer names no user' })
  return userId
}

/** Read later than it came, it would tell the server's time wrongly: `answeredAt` is when it came, in ms since epoch. */
function configOf(result: AjaxResult<unknown> | undefined, answeredAt: number): PullConfig {
  if (result && !result.isSuccess) {
    const [error] = result.getErrors()
    throw configProblem(error)
  }
  const answer = result?.getData()
  const read = readConfig(answer?.result, location.protocol === 'https:', answeredAt, answer?.time)
  if ('unusable' in read) throw configUnusable(read.unusable)
  return read.config
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
