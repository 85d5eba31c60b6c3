import type { B24Frame } from '@bitrix24/b24jssdk'

const SETTINGS = 'settings'

/** The options of the placement. Bitrix24 sends a list where there are none. */
function placementOptions(frame: B24Frame): Record<string, unknown> {
  const options: unknown = frame.placement.options
  return options && typeof options === 'object' && !Array.isArray(options) ? { ...options } : {}
}

/** Which page this frame was opened for. Every frame has the same address: only its placement options differ. */
export function useFramePage() {
  const { frame } = usePull()

  const isSettingsFrame = computed(() => !!frame.value && placementOptions(frame.value).page === SETTINGS)

  /** Opens the settings over the portal's page, in a frame of their own. */
  function openSettings() {
    // The answer comes when the slider has been closed, and nothing here waits for that.
    void frame.value?.slider.openSliderAppPage({
      page: SETTINGS,
      bx24_title: 'Settings',
      bx24_width: 560,
    })
  }

  function closeFrame() {
    void frame.value?.slider.closeSliderAppPage()
  }

  return { isSettingsFrame, openSettings, closeFrame }
}
