import { createSSRApp, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it, vi } from 'vitest'
import { usePullOnline } from '../../../src/runtime/app/composables/usePullOnline'
import { usePullRefresh } from '../../../src/runtime/app/composables/usePullRefresh'
import { usePullWatch } from '../../../src/runtime/app/composables/usePullWatch'
import { usePushNotification } from '../../../src/runtime/app/composables/usePushNotification'
import { useUserOnline } from '../../../src/runtime/app/composables/useUserOnline'

describe('on the server', () => {
  it('composables are inert: they render what the browser renders first, and begin nothing', async () => {
    const fetcher = vi.fn()
    const html = await renderToString(createSSRApp({
      setup() {
        const { online, lastSeen } = useUserOnline([2, 3])
        const { isWatching } = usePullWatch(['a'])
        const { isRefreshing, refreshedAt } = usePullRefresh(fetcher)
        const { isSending } = usePushNotification()
        usePullOnline(() => {})
        return () => h('p', JSON.stringify([[...online.value], [...lastSeen.value], isWatching.value, isRefreshing.value, refreshedAt.value, isSending.value]))
      },
    }))
    expect(html).toBe('<p>[[[2,null],[3,null]],[[2,null],[3,null]],false,false,null,false]</p>')
    expect(fetcher).not.toHaveBeenCalled()
  })

  it('a wrong call is an error all the same', () => {
    expect(() => useUserOnline(0)).toThrow(expect.objectContaining({ code: 'USER_ID_ERROR' }))
    expect(() => usePullWatch('')).toThrow(expect.objectContaining({ code: 'TAG_ERROR' }))
  })

  it('refresh() does nothing and resolves', async () => {
    const fetcher = vi.fn()
    await usePullRefresh(fetcher).refresh()
    expect(fetcher).not.toHaveBeenCalled()
  })
})
