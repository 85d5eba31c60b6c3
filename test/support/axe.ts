import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Frame, Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const RULES = { light: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], dark: ['color-contrast', 'link-in-text-block'] }

/**
 * What in a document, without its frames, is against WCAG AA: a line for each place.
 * @param target
 * @param colorScheme in the dark one only colours are looked at: all else is as it was in the light
 */
export async function violations(target: Page | Frame, colorScheme: keyof typeof RULES): Promise<string[]> {
  if (!await target.evaluate(() => 'axe' in window)) await target.evaluate(source)
  const { violations: found } = await target.evaluate(runOnly => (window as unknown as { axe: { run: (context: object, options: object) => Promise<AxeResults> } }).axe.run(
    { exclude: [['iframe']] },
    { runOnly, iframes: false },
  ), RULES[colorScheme])
  return found.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n').at(1)?.trim()}`))
}
