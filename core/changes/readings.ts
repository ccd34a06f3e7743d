import type { UserErrorData } from '../../contract/errors.ts'
import type { ChangeUnderWay, Stand, TargetUnderWay } from './under-way.ts'

/** A disk that is there until somebody says that its files have been read: it is remembered as long. */
export function staysUntilDone({ kind, targets }: ChangeUnderWay): boolean {
  return kind === 'read-backup' && targets.every(({ steps, stand }) => stand.next === steps.length)
}

/** Where its files are, once they can be read. */
export function folderOf({ saved }: Stand): { readonly folder?: string } {
  const folder = saved.FOLDER?.[0]
  return folder === undefined ? {} : { folder }
}

/** Of these, those whose disk has gone with what was done now. */
export function endedBy(done: readonly TargetUnderWay[], all: readonly ChangeUnderWay[]): readonly string[] {
  const gone = done.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'call' && step.action === 'DeleteVolume' ? (step.input.VolumeId ?? []) : [])),
  )
  const isOn = ({ stand }: TargetUnderWay) => gone.some((volumeId) => stand.saved.VOLUME?.includes(volumeId))
  return all.flatMap((job) => (staysUntilDone(job) && job.targets.some(isOn) ? job.id : []))
}

/** Somebody else took it down. */
export function isGone(problem: UserErrorData | undefined): boolean {
  return problem?.code === 'AWS_REFUSED' && problem.details.awsCode === 'InvalidVolume.NotFound'
}
