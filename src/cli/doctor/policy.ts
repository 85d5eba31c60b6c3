import { isMatch } from '../../portal/frames/watch/framing'

/** The sources of a directive in each policy that has it, or its fallback. */
export function sourcesOf(policies: readonly string[], directive: string, fallback?: string): string[][] {
  return policies.flatMap(policy => policy.split(',')).flatMap((policy) => {
    const directives = new Map(policy.split(';').map((text): [string, string[]] => {
      const [name = '', ...sources] = text.trim().split(/\s+/)
      return [name.toLowerCase(), sources]
    }))
    const sources = directives.get(directive) ?? (fallback === undefined ? undefined : directives.get(fallback))
    return sources ? [sources] : []
  })
}

/** The first list that allows none of these origins; every policy has to agree. */
export function findForbidding(lists: readonly string[][], app: string, origins: readonly string[]): string[] | undefined {
  return lists.find(sources => !origins.some(portal => sources.some(source => isMatch(source, { app, portal }))))
}

/** The first list that lets no WebSocket through but to the app itself. Generous: a push server's own name is known to the portal only. */
export function findMute(lists: readonly string[][]): string[] | undefined {
  return lists.find(sources => !sources.some(source => /^(?:https:|wss:|wss:\/\/.*|[^'/:]+(?::[\d*]+)?(?:\/.*)?)$/i.test(source)))
}
