import { afterEach, expect, it, vi } from 'vitest'
import { createLogger } from '../../../src/runtime/utils/logger'
import { PATIENCE } from '../../support/patience'

vi.mock('consola/basic', () => {
  throw new TypeError('Failed to fetch dynamically imported module')
})

afterEach(() => void vi.restoreAllMocks())

it('writes to the console itself where the code of the logger cannot be loaded', async () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => {})
  createLogger('warn').error('What happened.', 'why')
  await vi.waitFor(() => expect(written).toHaveBeenCalledExactlyOnceWith('[b24-pull]', 'What happened.', 'why'), PATIENCE)
})

it('keeps to its level there, too', async () => {
  const written = vi.spyOn(console, 'warn').mockImplementation(() => {})
  createLogger('error').warn('quiet')
  createLogger('warn').warn('loud')
  await vi.waitFor(() => expect(written).toHaveBeenCalled(), PATIENCE)
  expect(written).toHaveBeenCalledExactlyOnceWith('[b24-pull]', 'loud')
})
