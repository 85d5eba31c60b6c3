import { describe, expect, it } from 'vitest'
import { toEventParams } from '../../../src/runtime/rest/event-rules'
import { toNotificationParams } from '../../../src/runtime/rest/notification-rules'

const inEvent = (userId: unknown) => toEventParams({ module: 'application', command: 'ping', params: {}, userId }).USER_ID
const inNotification = (userId: unknown) => toNotificationParams({ userId, text: 'Hello' }).USER_ID

// An employee may name himself only, and the portal compares what it gets with the text that it keeps of his id.
describe.each([['an event', inEvent], ['a push notification', inNotification]])('the receivers of %s', (_, receivers) => {
  it.each([5, [5], [5, 5]])('are a text where %j names one', (userId) => {
    expect(receivers(userId)).toBe('5')
  })

  it('are a list of numbers where there are several', () => {
    expect(receivers([2, 3])).toEqual([2, 3])
  })
})
