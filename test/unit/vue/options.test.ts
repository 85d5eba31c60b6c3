// @vitest-environment happy-dom
import { createApp } from 'vue'
import { describe, expect, it } from 'vitest'
import { createB24Pull } from '../../../src/vue'

describe('what createB24Pull() is given', () => {
  it('is checked as Nuxt checks it, with all that is wrong at once', () => {
    expect(() => createB24Pull({ histroy: 3, logLevel: 'loud', modules: ['My Module!'], onGap: 5 } as never)).toThrow(expect.objectContaining({
      code: 'ARGUMENT_ERROR',
      message: expect.stringMatching(/^The option `modules\.0` was "My Module!"\..*\nThe option `logLevel` was "loud"\..*\nThe option `onGap` was 5\..*\nThe option `histroy` does not exist\./),
    }))
  })

  it.each([null, 5, 'text', []])('is refused where it is no object: %j', (options) => {
    expect(() => createB24Pull(options as never)).toThrow(expect.objectContaining({ code: 'ARGUMENT_ERROR' }))
  })

  it('has its defaults where it is nothing', () => {
    expect(() => createB24Pull({ history: undefined, onError: undefined, commands: undefined })).not.toThrow()
  })

  it('is one for each app', () => {
    const app = createApp({ render: () => null }).use(createB24Pull({ autoStart: false }))
    expect(() => app.use(createB24Pull())).toThrow(expect.objectContaining({ code: 'ARGUMENT_ERROR', message: expect.stringContaining('twice') }))
  })
})
