import type { MarkdownRenderer } from 'vitepress'

/** Shows, above a block of code, the name of the file that it is: what stands in brackets after the language. */
export function nameFiles(md: MarkdownRenderer): void {
  const render = md.renderer.rules.fence!
  md.renderer.rules.fence = (tokens, index, ...more) => {
    const name = /\[(.+)\]/.exec(tokens[index]!.info)?.[1]
    const title = name ? `<p class="file-name">${md.utils.escapeHtml(name)}</p>` : ''
    return title + render(tokens, index, ...more)
  }
}
