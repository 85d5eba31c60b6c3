import type { PortalFrame } from '../../../types'

/** What can be seen of one person's frames. */
export interface Front {
  tabs: readonly PortalFrame[]
  /** The tab in front; none while none is open. */
  tab: PortalFrame | undefined
  /** What lies over it, the topmost last. */
  sliders: readonly PortalFrame[]
}

/**
 * @param frames of one person
 * @param chosenId the tab that was chosen; else it is the first
 */
export function frontOf(frames: readonly PortalFrame[], chosenId: string | undefined): Front {
  const tabs = frames.filter(frame => !frame.isSlider && !frame.isHidden)
  const tab = tabs.find(({ id }) => id === chosenId) ?? tabs[0]

  /** Over the tab that has opened it, maybe by way of other sliders; what no frame here has opened lies over all. */
  function isOver(slider: PortalFrame): boolean {
    const opener = frames.find(({ id }) => id === slider.openedBy)
    if (!opener) return true
    return opener.isSlider ? isOver(opener) : opener === tab
  }

  return { tabs, tab, sliders: frames.filter(frame => frame.isSlider && isOver(frame)) }
}

/** What is in front of everything. */
export const topOf = ({ tab, sliders }: Front): PortalFrame | undefined => sliders.at(-1) ?? tab
