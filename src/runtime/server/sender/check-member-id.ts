import { optionError } from './options'

/** @throws PullError `OPTION_ERROR` */
export function checkMemberId(memberId: unknown): asserts memberId is string {
  if (typeof memberId !== 'string' || !memberId) throw optionError('memberId', memberId, 'the `member_id` of a portal, as every event and every frame brings it')
}
