import { isUserError } from '../user-error.ts'
import type { ChangeCalls, Place } from './facts.ts'
import { type CallStep, valuesAt } from './step.ts'

/**
 * A call whose answer was lost, so that what it does is done once: what it made is found by its mark; a call with a ClientToken is
 * answered by AWS as the first time; what cannot be done twice was done. Returns what the call saves.
 */
export async function sendAgain(
  place: Place,
  step: CallStep,
  calls: ChangeCalls,
  send: () => Promise<unknown>,
): Promise<readonly string[]> {
  const made = await calls.made(place, step)
  if (made.length > 0) return made
  try {
    return savedOf(step, await send())
  } catch (error) {
    if (isUserError(error, 'AWS_REFUSED') && (DONE_ALREADY[step.action] ?? []).includes(error.details.awsCode)) return []
    throw error
  }
}

export function savedOf({ saves }: CallStep, answer: unknown): readonly string[] {
  return saves ? valuesAt(answer, saves.path) : []
}

/** What EC2 answers to one who asks for it a second time. */
const DONE_ALREADY: Readonly<Partial<Record<CallStep['action'], readonly string[]>>> = {
  DeregisterImage: ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'],
  DeleteSnapshot: ['InvalidSnapshot.NotFound'],
  AttachVolume: ['VolumeInUse'],
  DetachVolume: ['IncorrectState'],
  DeleteVolume: ['InvalidVolume.NotFound'],
  DeleteLifecyclePolicy: ['ResourceNotFoundException'],
  ImportKeyPair: ['InvalidKeyPair.Duplicate'],
  AuthorizeSecurityGroupIngress: ['InvalidPermission.Duplicate'],
}
