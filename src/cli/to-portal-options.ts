import { withoutUndefined } from '../runtime/utils/without-undefined'
import { PortalError, resolvePortalOptions } from '../portal'
import type { FaultOptions, PortalOptions, ServerMode, ServerVersion, Transport } from '../portal'
import type { PortalFlag } from './portal-args'
import type { Flags } from './read-given'
import { readFault, readNumber, readObject, readPlacement, readSwitch, readUser } from './read-values'
import { UsageError } from './usage-error'

/**
 * The options of a dev portal from the flags.
 *
 * @throws UsageError that names the flag, what it was and what it may be
 */
export function toPortalOptions(flags: Flags): PortalOptions {
  const one = (name: PortalFlag) => flags.get(name)?.[0]
  const number = <T extends number>(name: PortalFlag) => one(name) === undefined ? undefined : readNumber<T>(one(name)!)
  const list = <T>(name: PortalFlag, read: (text: string) => T) => flags.get(name)?.map(read)

  if (!flags.has('app')) throw new UsageError('--app is missing. It is the address of the app, such as --app http://localhost:3000.')
  try {
    const options: PortalOptions = withoutUndefined({
      app: one('app')!,
      appName: one('app-name'),
      port: number('port'),
      method: one('method') as PortalOptions['method'],
      users: list('user', readUser),
      server: withoutUndefined({
        version: number<ServerVersion>('server'),
        transport: one('transport') as Transport | undefined,
        mode: one('mode') as ServerMode | undefined,
        history: number('history'),
      }),
      placements: list('placement', readPlacement),
      faults: Object.fromEntries(list('fault', readFault) ?? []) as FaultOptions,
      rest: one('rest'),
      scope: one('scope')?.split(',').map(scope => scope.trim()),
      appOptions: one('app-options') === undefined ? undefined : readObject('app-options', one('app-options')!),
      applicationToken: one('application-token'),
      clientId: one('client-id'),
      clientSecret: one('client-secret'),
      install: flags.has('install') || undefined,
      installUrl: one('install-url'),
      installCallback: one('install-callback'),
      limits: readSwitch('limits', one('limits')),
      lang: one('lang'),
      tokenLifetime: number('token-lifetime'),
      pingInterval: number('ping-interval'),
      pollTimeout: number('poll-timeout'),
      record: one('record'),
      recording: one('recording'),
    })
    resolvePortalOptions(options)
    return options
  }
  catch (error) {
    throw error instanceof PortalError ? explain(error, flags) : error
  }
}

/** The portal's own error, in the words of the command line. */
function explain(error: PortalError, flags: Flags): UsageError {
  const flag = flagOf(error.field ?? '')
  const given = (flags.get(flag) ?? []).map(value => JSON.stringify(value)).join(' and ')
  // Faults are told by name and setting, which the flag holds several of.
  return new UsageError(`--${flag} was ${given}. ${flag === 'fault' ? error.message : error.why}`)
}

/** The flag that an option of the portal came from, by the option's path. */
function flagOf(path: string): PortalFlag {
  const [first = '', second = ''] = path.split('.')
  switch (first) {
    case 'server': return second === 'version' ? 'server' : second as PortalFlag
    case 'users': return 'user'
    case 'placements': return 'placement'
    case 'name':
    case 'settings': return 'fault'
    default: return first.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`) as PortalFlag
  }
}
