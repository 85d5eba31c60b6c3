import { PullError } from '../../utils/errors'

export const notInFrame = (portalHint: string | null): PullError => new PullError({
  code: 'NOT_IN_FRAME',
  message: 'The app is not open in a Bitrix24 frame, so there is no pull connection.',
  why: 'The page was opened by its own address. Bitrix24 names the iframe in which it opens an app; this window has no such name.',
  fix: portalHint ?? 'Open the app in your Bitrix24.',
})

export const frameNoAnswer = (limit: number): PullError => new PullError({
  code: 'FRAME_NO_ANSWER',
  message: `The portal did not answer within ${limit / 1000} s.`,
  why: 'The frame looks like one of Bitrix24, but the page around it did not answer getInitData. It may have been reloaded or closed, or the window\'s name is left over from another page.',
  fix: 'Reload the portal\'s page. Should the answer still come, the app connects by itself.',
})
