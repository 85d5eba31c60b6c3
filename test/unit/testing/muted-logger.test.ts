import { expect, it } from 'vitest'
import { createMutedLogger } from '../../../src/testing/muted-logger'

it('drops the lines of what it is muted for, and no others, also where that throws', () => {
  const lines: unknown[] = []
  const write = (line: unknown) => void lines.push(line)
  const logger = createMutedLogger({ error: write, warn: write, notice: write, debug: write })
  expect(() => logger.muted(() => {
    logger.warn('within')
    throw new Error('no')
  })).toThrow('no')
  logger.warn('after')
  expect(lines).toEqual(['after'])
})
