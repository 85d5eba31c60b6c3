/**
 * Follows the system's colours, from before the first paint on. Not by the kit's `useColorMode`: it reads `localStorage`,
 * which browsers that block third-party storage refuse to a page inside Bitrix24.
 */
export const colorMode = `
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const apply = () => {
    document.documentElement.classList.toggle('dark', dark.matches)
    document.documentElement.classList.toggle('light', !dark.matches)
  }
  apply()
  dark.addEventListener('change', apply)
`
