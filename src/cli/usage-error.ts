import { CliError, EXIT } from './exit-codes'

/** The command line was wrong: exit code 2. */
export class UsageError extends CliError {
  override readonly name = 'UsageError'

  constructor(message: string) {
    super('USAGE', message, EXIT.usage)
  }
}

/** A flag that may not be what it is, in words. */
export function badFlag(flag: string, was: string, may: string): UsageError {
  return badValue(`--${flag}`, was, may)
}

/** What may not be what it is, in words, by the name with which it was given: a flag or a variable of the environment. */
export function badValue(name: string, was: string, may: string): UsageError {
  return new UsageError(`${name} was ${JSON.stringify(was)}. It may be ${may}.`)
}
