import type { Profile } from '../../../contract/models/profile.ts'

/** Whose instances are listed before the person has chosen: what they told the AWS CLI, or there is no choice to make. */
export function defaultSelection(
  profiles: readonly Pick<Profile, 'name' | 'kind'>[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const usable = profiles.filter(({ kind }) => kind !== 'incomplete' && kind !== 'practice')
  const named = usable.find(({ name }) => name === environment.AWS_PROFILE)
  const fromVariables = usable.find(({ kind }) => kind === 'environment')
  const byDefault = usable.find(({ name }) => name === 'default')
  const only = usable.length === 1 ? usable[0] : undefined
  const found = named ?? fromVariables ?? byDefault ?? only
  return found ? [found.name] : []
}
