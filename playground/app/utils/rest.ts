import type { B24Frame } from '@bitrix24/b24jssdk'

/**
 * Calls a REST method through the frame and gives its result.
 *
 * @throws Error with the portal's own words
 */
export async function callRest<T>(frame: B24Frame, method: string, params: Record<string, unknown> = {}): Promise<T> {
  const response = await frame.actions.v2.call.make<T>({ method, params })
  const data = response.isSuccess ? response.getData() : undefined
  if (!data) throw new Error(`${method}: ${response.getErrorMessages().join('; ')}`)
  return data.result
}
