import { describe, expect, it } from 'vitest'
import type { PortalFrame } from '../../../src/portal/types'
import { frontOf, topOf } from '../../../src/portal/page/src/frames/front'

function frame(id: string, more: Partial<PortalFrame> = {}): PortalFrame {
  return { id, isSlider: false, isHidden: false, openedBy: null, ...more } as PortalFrame
}

const slider = (id: string, openedBy: string | null) => frame(id, { isSlider: true, openedBy })

describe('what is in front of a person', () => {
  const frames = [frame('app'), frame('worker', { isHidden: true }), frame('deal'), slider('of-app', 'app'), slider('of-slider', 'of-app'), slider('of-deal', 'deal')]

  it.each([
    [undefined, 'app', ['of-app', 'of-slider'], 'of-slider'],
    ['app', 'app', ['of-app', 'of-slider'], 'of-slider'],
    ['deal', 'deal', ['of-deal'], 'of-deal'],
    ['gone', 'app', ['of-app', 'of-slider'], 'of-slider'],
    ['worker', 'app', ['of-app', 'of-slider'], 'of-slider'],
  ])('with %s chosen is the tab %s, with its own sliders over it', (chosen, tab, sliders, top) => {
    const front = frontOf(frames, chosen)
    expect([front.tab?.id, front.sliders.map(({ id }) => id), topOf(front)?.id]).toEqual([tab, sliders, top])
  })

  it('is a slider that no frame has opened, whichever tab is chosen', () => {
    const opened = [frame('app'), frame('deal'), slider('by-code', null)]
    expect(['app', 'deal'].map(chosen => topOf(frontOf(opened, chosen))?.id)).toEqual(['by-code', 'by-code'])
  })

  it('is nothing where nothing is open', () => {
    expect(topOf(frontOf([], undefined))).toBeUndefined()
  })
})
