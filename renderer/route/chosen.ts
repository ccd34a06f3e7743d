import type { ReachPlan } from '../../contract/models/reach.ts'
import type { ConnectChoices } from '../../contract/models/terminal.ts'
import { chosenKey } from '../keyless/key-choice.ts'

/** What a plan rests on that the person had chosen. */
export function chosenIn({ logins: [login], key, address, chosenVia, extras }: ReachPlan): ConnectChoices {
  return {
    ...(login?.reason === 'choice' && { user: login.user }),
    ...chosenKey(key),
    ...(address?.reason === 'choice' && { address: address.host, ...(address.port !== 22 && { port: address.port }) }),
    ...(chosenVia && { via: chosenVia }),
    ...extras,
  }
}
