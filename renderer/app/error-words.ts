import type { TFunction } from 'i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import { formatBytes, formatDateTime, formatList } from '../words/formats.ts'

/** The sentence of an error: what happened, then what to do. */
export function errorSentence(error: UserErrorData, t: TFunction, language: string): string {
  const params: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(error.details)) {
    const list = Array.isArray(value) ? value.map((item) => (typeof item === 'string' ? item : item.name)) : undefined
    params[name] = list ? formatList(list, language, 'disjunction') : inWords(name, value, t, language)
  }
  const context = contextOf(error)
  // The codes and contexts are data here; test/renderer/words.test.ts sees to it that each has words.
  return t(error.code as 'CANCELLED', { ns: 'errors', ...params, ...(context && { context }) })
}

/** A `problem` or a `what` is a code of ours, or what somebody else said, which stays as it is. */
function inWords(name: string, value: unknown, t: TFunction, language: string): unknown {
  if ((name === 'from' || name === 'until') && typeof value === 'string') return formatDateTime(value, language)
  if (name === 'size' && typeof value === 'number') return formatBytes(value, language)
  if ((name !== 'problem' && name !== 'what') || typeof value !== 'string' || !/^[\w-]+$/.test(value)) return value
  return t(`${name}.${value}` as 'problem.cycle', { ns: 'errors', defaultValue: value })
}

/** Which of a code's sentences fits its details. */
function contextOf(error: UserErrorData): string | undefined {
  const { code, details } = error
  switch (code) {
    case 'STORE_DAMAGED':
      return details.recovered ? 'recovered' : undefined
    case 'AWS_CONFIG_BROKEN':
    case 'SSH_CONFIG_BROKEN':
      return details.line === undefined ? undefined : 'line'
    case 'AWS_NO_CREDENTIALS':
      return details.problem ? 'problem' : undefined
    case 'AWS_LOGIN_EXPIRED':
      return details.kind
    case 'AWS_CLOCK_WRONG':
      return details.skewSeconds === undefined ? undefined : 'skew'
    case 'AWS_UNREACHABLE':
    case 'HOST_UNREACHABLE':
      return details.reason
    case 'CONNECTION_LOST':
      return details.said ? 'said' : details.reason
    case 'HOST_WOULD_ASK':
      return details.question === 'trust-host-key' ? 'key' : undefined
    case 'JUMP_REFUSED':
      return details.problem
    case 'INSTANCE_NOT_RUNNING':
      return details.state
    case 'INSTANCE_NO_ADDRESS':
      return details.privateAddress ? 'private' : undefined
    case 'KEY_UNREADABLE':
    case 'SHARED_FOLDER_UNUSABLE':
      return details.problem
    case 'CERTIFICATE_REFUSED':
    case 'INSTANCE_CONNECT_REFUSED':
    case 'SCREENSHOT_UNAVAILABLE':
    case 'SERIAL_CONSOLE_REFUSED':
      return details.problem
    case 'SSH_NO_COMMON_ALGORITHM':
      return details.what
    case 'SSH_PROTOCOL':
    case 'SHELL_REFUSED':
    case 'LOCAL_SHELL_FAILED':
    case 'FILES_UNAVAILABLE':
    case 'FILES_BROKEN':
    case 'FILE_REFUSED':
    case 'FILE_PROGRAM_FAILED':
    case 'ROOT_UNAVAILABLE':
    case 'BACKUP_UNREADABLE':
    case 'FILE_NOT_EDITABLE':
    case 'FILE_NAME_REFUSED':
      return details.problem
    case 'TRANSFER_NOT_FOUND':
    case 'TRANSFER_NOT_ALLOWED':
    case 'TRANSFER_NO_SPACE':
    case 'TRANSFER_NOT_A_FILE':
    case 'TRANSFER_FAILED':
      return details.side
    case 'TRANSFER_NAME_REFUSED':
    case 'TRANSFER_SERVER_BROKEN':
      return details.problem
    case 'PORT_TAKEN':
      return details.by ? 'by' : undefined
    case 'FORWARD_TARGET_FAILED':
      return details.reason
    case 'DEPLOY_GIT_REFUSED':
    case 'DEPLOY_NO_ANSWER':
      return details.problem
    case 'AUTHENTICATION_FAILED':
      if (details.tooMany) return 'tooMany'
      return details.keys.length === 0 ? 'no-keys' : undefined
    default:
      return undefined
  }
}
