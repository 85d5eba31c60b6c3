import type { PullConfig } from './pull-client'

/**
 * Whether a configuration can still be used. An end that had passed before the portal gave it says nothing: what the portal has just
 * given is right, whatever it thinks of the time.
 *
 * @param config as the portal gave it, or as the server has changed it since
 * @param givenAt when the portal gave it, by the server's time in ms since epoch
 * @param now the server's time in ms since epoch
 */
export function isConfigAlive(config: PullConfig, givenAt: number, now: number): boolean {
  const ends = [config.exp * 1000, ...Object.values(config.channels).map(({ end }) => Date.parse(String(end)))]
  return !ends.some(end => end > givenAt && end <= now)
}
