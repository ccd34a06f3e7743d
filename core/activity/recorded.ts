import type { ActivityEntry } from '../../contract/models/activity.ts'
import { UserError } from '../user-error.ts'
import type { Activity } from './activity.ts'

/** Does it, with its line in the activity log. */
export async function recorded<Answer>(
  activity: Activity,
  entry: Omit<ActivityEntry, 'at' | 'outcome' | 'error'>,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    const answer = await work()
    await activity.add({ ...entry, outcome: 'done' })
    return answer
  } catch (error) {
    await activity.add({ ...entry, outcome: 'failed', ...(error instanceof UserError ? { error: error.code } : {}) })
    throw error
  }
}
