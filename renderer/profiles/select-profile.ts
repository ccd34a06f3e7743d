import type { Profile } from '../../contract/models/profile.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'

/** Lists this profile's instances, or no longer. */
export function selectProfile(profiles: readonly Profile[], name: string): void {
  const names = profiles.filter((profile) => (profile.name === name ? !profile.selected : profile.selected)).map((profile) => profile.name)
  void attempt(() => api.profiles.select(names))
}
