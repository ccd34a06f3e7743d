import type { Extras } from '../../contract/models/reach.ts'

/** What the two switches hold. */
export interface ExtrasValues {
  readonly keepSession: boolean
  readonly forwardX11: boolean
}

export function extrasValues(extras: Extras | undefined): ExtrasValues {
  return { keepSession: extras?.keepSession ?? false, forwardX11: extras?.forwardX11 ?? false }
}

/** As choices. Switched off counts only against something that said otherwise: the person's ssh_config may. */
export function chosenExtras({ keepSession, forwardX11 }: ExtrasValues, before: Extras | undefined): Extras {
  const saysX11 = forwardX11 || before?.forwardX11 !== undefined
  return { ...(keepSession && { keepSession }), ...(saysX11 && { forwardX11 }) }
}
