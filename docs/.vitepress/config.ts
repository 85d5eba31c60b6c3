import { fileURLToPath } from 'node:url'
import llmstxt from 'vitepress-plugin-llms'
import { defineConfig } from 'vitepress'
import { nameFiles } from './file-names'
import { isInBothLanguages } from './languages'
import { leadOutsideLinks } from './outside-links'
import { english, russian } from './sidebar'
import { slugOf } from './slug'

// Known where it is published from: by the workflow for GitHub Pages.
const repository = process.env.DOCS_REPOSITORY

const description = 'Bitrix24 Push & Pull for Nuxt Frame apps, and a Bitrix24 on localhost to build and test them with'

export default defineConfig({
  title: 'nuxt-b24-pull',
  description,
  base: process.env.DOCS_BASE ?? '/',
  outDir: process.env.DOCS_OUT ?? fileURLToPath(new URL('../../.packed/site', import.meta.url)),
  // The index of the pages as GitHub shows it; on the site the sidebar is that.
  srcExclude: ['README.md'],
  cleanUrls: true,
  lastUpdated: false,
  markdown: {
    anchor: { slugify: slugOf },
    config: (md) => {
      leadOutsideLinks(md, repository)
      nameFiles(md)
    },
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  vite: {
    // For programs that read: `llms.txt`, `llms-full.txt`, and each page as Markdown.
    plugins: [llmstxt({ description, domain: process.env.DOCS_ORIGIN, sidebar: english, ignoreFiles: ['README.md', 'ru/**'] })],
  },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: {
        sidebar: english,
        nav: [
          { text: 'Start', link: '/getting-started' },
          { text: 'When nothing arrives', link: '/when-nothing-arrives' },
          { text: 'API', link: '/api' },
        ],
      },
    },
    ru: {
      label: 'Русский',
      lang: 'ru',
      description: 'Bitrix24 Push & Pull для фрейм-приложений на Nuxt и Битрикс24 на localhost, чтобы их писать и тестировать',
      themeConfig: {
        sidebar: russian,
        nav: [
          { text: 'Начало', link: '/ru/getting-started' },
          { text: 'Когда ничего не приходит', link: '/ru/when-nothing-arrives' },
          { text: 'API', link: '/api' },
        ],
        outline: { label: 'На этой странице' },
        docFooter: { prev: 'Назад', next: 'Дальше' },
        returnToTopLabel: 'Наверх',
        sidebarMenuLabel: 'Страницы',
        darkModeSwitchLabel: 'Оформление',
        lightModeSwitchTitle: 'Светлое оформление',
        darkModeSwitchTitle: 'Тёмное оформление',
        langMenuLabel: 'Язык',
        skipToContentLabel: 'К содержанию',
      },
    },
  },
  // For the theme's switch of languages.
  transformPageData: ({ frontmatter, relativePath }) => ({ frontmatter: { ...frontmatter, isInBothLanguages: isInBothLanguages(relativePath) } }),
  themeConfig: {
    outline: [2, 3],
    socialLinks: repository ? [{ icon: 'github', link: repository }] : [],
    search: {
      provider: 'local',
      options: {
        locales: {
          ru: {
            translations: {
              button: { buttonText: 'Поиск', buttonAriaLabel: 'Поиск' },
              modal: {
                displayDetails: 'Показать подробно',
                resetButtonTitle: 'Очистить',
                backButtonTitle: 'Закрыть поиск',
                noResultsText: 'Ничего не найдено:',
                footer: { selectText: 'выбрать', navigateText: 'перейти', closeText: 'закрыть' },
              },
            },
          },
        },
      },
    },
  },
})
