import { dataSymbol, useData } from 'vitepress'
import type { Theme } from 'vitepress'
import DefaultTheme from 'vitepress/theme'
import { computed, defineComponent, h, provide } from 'vue'
import './style.css'

/** The theme's own, but for the switch of languages: it leads to the same page where there is one, else to the other language's front page. */
const Layout = defineComponent(() => {
  const data = useData()
  const theme = computed(() => ({ ...data.theme.value, i18nRouting: data.frontmatter.value.isInBothLanguages as boolean }))
  provide(dataSymbol, { ...data, theme })
  return () => h(DefaultTheme.Layout)
})

export default { extends: DefaultTheme, Layout } satisfies Theme
