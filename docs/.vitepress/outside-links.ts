import { posix } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'

/**
 * Pages lead to files of the repository that are no pages of the site, such as `../CHANGELOG.md`. On the site these links lead to the
 * repository, or, where nobody has said where that is, become plain text. The index of the pages, for whoever reads them on GitHub, is the
 * front page here.
 */
export function leadOutsideLinks(md: MarkdownRenderer, repository: string | undefined): void {
  md.core.ruler.push('outside-links', ({ tokens, env }) => {
    const dir = posix.dirname(posix.join('docs', String(env.relativePath ?? '')))
    for (const { children } of tokens) {
      let isOutside = false
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const href = token.attrGet('href') ?? ''
          const file = /^(?:\w+:|\/|#)/.test(href) ? '' : posix.join(dir, href)
          if (file === 'docs/README.md') token.attrSet('href', '/')
          isOutside = file !== '' && !file.startsWith('docs/')
          if (isOutside && repository) token.attrSet('href', `${repository}/blob/main/${file}`)
        }
        if (isOutside && !repository) hide(token)
        if (token.type === 'link_close') isOutside = false
      }
    }
  })
}

function hide(token: { type: string, tag: string, attrs: unknown }): void {
  if (!token.type.startsWith('link_')) return
  token.type = 'html_inline'
  token.tag = ''
  token.attrs = null
}
