import type { UserErrorData } from '../../contract/errors.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { api } from '../api/client.ts'
import { openDialog } from './actions.ts'

export interface Step {
  readonly label:
    | 'logIn'
    | 'addKeys'
    | 'profiles'
    | 'reload'
    | 'retry'
    | 'start'
    | 'refresh'
    | 'keys'
    | 'unlock'
    | 'remoteDesktop'
    | 'connect'
  act(): Promise<void> | void
}

const addKeys: Step = { label: 'addKeys', act: () => openDialog({ kind: 'add-keys' }) }

/** The buttons under an error: what its sentence says to do, where Mooring can do it. */
export function nextSteps(error: UserErrorData, instance?: InstanceRef, onRetry?: () => void): readonly Step[] {
  const retry: Step[] = onRetry ? [{ label: 'retry', act: onRetry }] : []
  switch (error.code) {
    case 'AWS_LOGIN_EXPIRED':
    case 'AWS_MFA_REFUSED': {
      const { profile } = error.details
      const logIn = () => api.profiles.login({ profile })
      // Nothing can be asked about keys in a file: to log in is to read the file again.
      const isFile = error.code === 'AWS_LOGIN_EXPIRED' && error.details.kind === 'session'
      return isFile ? [addKeys, { label: 'retry', act: logIn }] : [{ label: 'logIn', act: logIn }]
    }
    case 'AWS_NO_CREDENTIALS':
    case 'AWS_CREDENTIALS_INVALID':
      return [addKeys, ...retry]
    case 'AWS_PROFILE_UNKNOWN':
      return [{ label: 'profiles', act: () => openDialog({ kind: 'profiles' }) }]
    case 'AWS_CONFIG_BROKEN':
      return [{ label: 'reload', act: () => api.profiles.reload() }]
    case 'INSTANCE_NOT_RUNNING':
      if (!instance || error.details.state !== 'stopped') return retry
      return [{ label: 'start', act: () => api.inventory.act({ ref: instance, action: 'start' }) }]
    case 'INSTANCE_IS_WINDOWS':
      if (!instance) return retry
      return [{ label: 'remoteDesktop', act: () => openDialog({ kind: 'remote-desktop', target: instance }) }, ...retry]
    case 'INSTANCE_NOT_FOUND':
      return [{ label: 'refresh', act: () => api.inventory.refresh({}) }]
    case 'KEY_NOT_FOUND':
    case 'KEY_WRONG':
    case 'KEY_UNREADABLE':
      return [{ label: 'keys', act: () => openDialog({ kind: 'settings', page: 'keys' }) }, ...retry]
    case 'APP_WAS_CLOSED':
      return onRetry ? [{ label: 'connect', act: onRetry }] : []
    case 'VAULT_LOCKED':
      return [{ label: 'unlock', act: () => openDialog({ kind: 'settings', page: 'vault' }) }, ...retry]
    default:
      return retry
  }
}
