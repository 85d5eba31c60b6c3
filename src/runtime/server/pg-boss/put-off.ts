import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { isRecord } from '../../utils/is-record'
import type { PullError } from '../../utils/errors'

type Job = Pick<JobWithMetadata, 'id' | 'startedOn' | 'retryCount' | 'output'>

/**
 * ms between the first try of a job and this one, all of which failed. Waiting behind others is no try.
 *
 * The job itself keeps when that was: processes share it, and the next may be another's. Both times are of the database's clock.
 */
export function failingFor(job: Job): number {
  return timeOf(job.startedOn) - timeOf(firstTryOf(job))
}

/** Lets a job be tried again later, after a wait that grows; what is behind it waits. Resolves once that is written. */
export async function putOff(boss: PgBoss, queue: string, job: Job, error: PullError): Promise<void> {
  await boss.fail(queue, job, { failingSince: firstTryOf(job), error })
}

/** Where another hand wrote the output, such as pg-boss itself for a worker that died, the job's time begins anew. */
function firstTryOf({ output, startedOn }: Job): string {
  const since = isRecord(output) ? output.failingSince : undefined
  return typeof since === 'string' && !Number.isNaN(timeOf(since)) ? since : new Date(startedOn).toISOString()
}

const timeOf = (time: string | Date): number => new Date(time).getTime()
