import { B24Hook } from '@bitrix24/b24jssdk'

/** The app's back end: built and compiled with the package's server functions. */
export default defineEventHandler(async (event) => {
  const b24 = new B24Hook(await readBody<{ b24Url: string, userId: number, secret: string }>(event))
  await sendPullEvent(b24, { command: 'ping', params: { from: 'the back end' } })
})
