import { argumentError } from '../../utils/argument-error'

/** @throws PullError `ARGUMENT_ERROR` */
export function checkMemberId(memberId: unknown): asserts memberId is string {
  if (typeof memberId !== 'string' || !memberId) throw argumentError('The portal', memberId, 'its `member_id`, as every event and every frame brings it')
}
