import type { DefaultTheme } from 'vitepress'

type Group = [title: string, pages: Record<string, string>]

const page = (prefix: string) => ([link, text]: [string, string]) => ({ text, link: `${prefix}${link}` })

function sidebar(prefix: string, groups: Group[]): DefaultTheme.SidebarItem[] {
  return groups.map(([text, pages]) => ({ text, items: Object.entries(pages).map(page(prefix)) }))
}

/** Every page, in the order in which a reader needs it. A test compares it with what is there. */
export const english = sidebar('/', [
  ['Start', {
    'getting-started': 'Getting started',
    'when-nothing-arrives': 'When nothing arrives',
    'inspector': 'The inspector',
    'vue': 'Vue without Nuxt',
    'coming-from-useb24helper': 'Coming from useB24Helper',
    'by-hand': 'Compared with the SDK by hand',
    'faq': 'Questions',
  }],
  ['Guides', {
    'what-it-hears': 'What it hears, and what not',
    'recipes': 'Recipes',
    'status-component': 'Showing the status',
    'typed-commands': 'Typed commands',
    'query-libraries': 'With a query library',
    'testing': 'Testing an app',
    'deploy': 'Deploying',
    'security': 'Security',
  }],
  ['Composables', {
    usePullCommand: 'usePullCommand',
    usePullSend: 'usePullSend',
    usePull: 'usePull',
    usePullState: 'usePullState',
    usePullRefresh: 'usePullRefresh',
    usePullStore: 'usePullStore',
    useUserOnline: 'useUserOnline',
    usePullOnline: 'usePullOnline',
    usePullWatch: 'usePullWatch',
    usePushNotification: 'usePushNotification',
  }],
  ['Back end', { server: 'Send, hear, lose nothing' }],
  ['Dev portal', {
    'dev-portal': 'A Bitrix24 on localhost',
    'cli': 'From the shell',
  }],
  ['Reliability', {
    'reliability': 'What is promised, what not',
    'shared-connection': 'One connection for all frames',
  }],
  ['Reference', {
    options: 'Options',
    hooks: 'Hooks',
    errors: 'Errors',
    platform: 'From the platform\'s words to ours',
    api: 'API',
  }],
])

/** What a newcomer reads. The other pages are in English. */
export const russian = sidebar('/ru/', [
  ['Начало', {
    'getting-started': 'Первые шаги',
    'when-nothing-arrives': 'Когда ничего не приходит',
    'coming-from-useb24helper': 'Переход с useB24Helper',
  }],
  ['Работа', {
    'dev-portal': 'Портал разработчика',
    'testing': 'Тестирование приложения',
  }],
])
