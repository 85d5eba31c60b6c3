// @vitest-environment happy-dom
import { reactive } from 'vue'
import { describe, expect, it } from 'vitest'
import { usePushNotification } from '../../../src/runtime/app/composables/usePushNotification'
import { restProblem } from '../../../src/runtime/rest/rest-problem'
import { useInComponent } from '../../support/mount-with-pull'

const notification = { userId: [2, 3], text: 'The report is ready', avatar: 'https://example.com/a.png' }

describe('notifyAsync()', () => {
  it('calls the platform\'s method once', async () => {
    const { result, pull } = useInComponent(() => usePushNotification())
    await result.notifyAsync(notification)
    expect(pull.connection.calls).toEqual([{
      method: 'pull.application.push.add',
      params: { USER_ID: [2, 3], TEXT: notification.text, AVATAR: notification.avatar },
    }])
    expect(result.error.value).toBeNull()
  })

  it('takes a reactive list of receivers, which the SDK could not clone', async () => {
    const { result, pull } = useInComponent(() => usePushNotification())
    await result.notifyAsync(reactive(notification))
    expect(() => structuredClone(pull.connection.calls)).not.toThrow()
    expect(pull.connection.calls[0]?.params.USER_ID).toEqual([2, 3])
  })

  it('sends what it was given when it was called', async () => {
    const { result, pull } = useInComponent(() => usePushNotification())
    const form = reactive({ ...notification, userId: [2, 3] })
    const sent = result.notifyAsync(form)
    Object.assign(form, { userId: [], text: '' })
    await sent
    expect(pull.connection.calls[0]?.params).toMatchObject({ USER_ID: [2, 3], TEXT: notification.text })
  })

  it('calls nothing when the notification is wrong; the error is thrown and kept until a success', async () => {
    const { result, pull } = useInComponent(() => usePushNotification())
    await expect(result.notifyAsync({ ...notification, text: '' })).rejects.toMatchObject({ code: 'TEXT_ERROR' })
    expect(result.error.value).toMatchObject({ code: 'TEXT_ERROR' })
    expect(pull.connection.calls).toEqual([])
    await result.notifyAsync(notification)
    expect(result.error.value).toBeNull()
  })

  it('says what to do about the portal\'s refusal', async () => {
    const { result, pull } = useInComponent(() => usePushNotification())
    pull.connection.answer = ({ method }) => Promise.reject(restProblem(method, { code: 'ACCESS_ERROR', status: 400, description: '' }))
    await expect(result.notifyAsync(notification)).rejects.toMatchObject({ code: 'ACCESS_ERROR' })
    expect(result.error.value?.fix).toContain('sendPushNotification')
  })

  it('says that it is under way until the last call is over', async () => {
    const { result, pull } = useInComponent(() => usePushNotification())
    const ends: (() => void)[] = []
    pull.connection.answer = () => new Promise<void>(resolve => ends.push(resolve))
    const first = result.notifyAsync(notification)
    const second = result.notifyAsync(notification)
    await expect.poll(() => ends.length).toBe(2)
    ends[0]!()
    await first
    expect(result.isSending.value).toBe(true)
    ends[1]!()
    await second
    expect(result.isSending.value).toBe(false)
  })
})

describe('notify()', () => {
  it('answers nothing and never throws: a failure is in error, in the log and in the hook', async () => {
    const { result, pull } = useInComponent(() => usePushNotification())
    expect(result.notify({ ...notification, text: '' })).toBeUndefined()
    await expect.poll(() => result.error.value).toMatchObject({ code: 'TEXT_ERROR' })
    expect(pull.told.errors).toEqual([[result.error.value, undefined]])
  })

  it.each([undefined, null, 'text', [notification], { ...notification, users: [2] }])('refuses %j', async (given) => {
    const { result, pull } = useInComponent(() => usePushNotification())
    await expect(result.notifyAsync(given as never)).rejects.toMatchObject({ code: 'ARGUMENT_ERROR' })
    expect(pull.connection.calls).toEqual([])
  })
})
