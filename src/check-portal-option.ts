import type { ModuleOptions } from './options'

/**
 * Checks the options of the dev portal, in a build as in development: a mistake stops both.
 *
 * @throws Error that names the option, what it was, and what it may be
 */
export async function checkPortalOption(option: ModuleOptions['portal']): Promise<void> {
  if (typeof option === 'boolean') return
  // Not the portal itself, which a build never loads.
  const { findOptionProblem } = await import('./portal/options')
  const problem = findOptionProblem(option)
  if (!problem) return
  const { name, kind, was, may } = problem
  const which = `[nuxt-b24-pull] The option \`b24Pull.portal${name === null ? '' : `.${name}`}\``
  throw new Error({
    missing: `${which} is missing, and has no default.`,
    unknown: `${which} does not exist. It may be one of: ${may}.`,
    wrong: `${which} was ${was}. It may be ${may}.`,
  }[kind])
}
