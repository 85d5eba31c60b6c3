import { EXIT } from '../exit-codes'
import { readGiven } from '../read-given'
import type { CliSurroundings } from '../surroundings'
import { createTell } from '../tell'
import { badFlag, UsageError } from '../usage-error'
import { DOCTOR_ARGS } from './args'
import { examineAddress } from './examine-address'
import type { Finding } from './finding'

/** Says what is wrong with a deployed app, or with a project. @returns exit code: 1 where something is */
export async function runDoctor(argv: readonly string[], surroundings: CliSurroundings): Promise<number> {
  const { out, folder } = surroundings
  const { flags, words: [given] } = readGiven(argv, DOCTOR_ARGS)
  const tell = createTell(flags, out)
  const domain = flags.get('domain')?.[0]
  if (domain !== undefined && !/^[\w-]+(?:\.[\w-]+)+(?::\d+)?$/.test(domain)) throw badFlag('domain', domain, 'the domain of a portal, such as company.bitrix24.com')
  if (given === undefined) {
    const { examineProject } = await import('./examine-project')
    const { findings, facts } = await examineProject(folder)
    tell({ folder, findings, ...facts }, [...inWords(findings, folder), ...Object.entries(facts).map(([name, values]) => `${name}: ${values.join(', ') || 'none'}`)])
    return findings.length > 0 ? EXIT.failed : EXIT.done
  }
  const address = URL.parse(given)
  if (!address || !/^https?:$/.test(address.protocol)) throw new UsageError(`"${given}" is no address. It begins with https://, as it is registered in Bitrix24.`)
  const { findings, portal } = await examineAddress(address, domain)
  const mayOpen = !flags.has('no-browser') && !findings.some(({ code }) => OPENS_NOTHING.has(code))
  const opened = mayOpen ? await (await import('./open-in-chromium')).openInChromium(address, portal, surroundings) : null
  findings.push(...opened?.findings ?? [])
  tell(
    { address: address.href, findings, isOpenedInChromium: opened !== null },
    [...inWords(findings, address.href), ...opened ? ['It was opened in a frame in Chromium, too.'] : []],
  )
  return findings.length > 0 ? EXIT.failed : EXIT.done
}

/** Where no page comes, or none in a frame, a browser has nothing more to say. */
const OPENS_NOTHING: ReadonlySet<Finding['code']> = new Set(['NO_ANSWER', 'NOT_HTTPS', 'POST_REFUSED', 'X_FRAME_OPTIONS', 'FRAME_ANCESTORS', 'FILES_MISSING', 'MODULE_MISSING'])

function inWords(findings: readonly Finding[], subject: string): string[] {
  if (findings.length === 0) return [`✓ Nothing wrong was found with ${subject}.`]
  return findings.flatMap(({ code, title, why, fix }) => [`✗ ${code}: ${title}.`, `  ${why}`, `  ${fix}`])
}
