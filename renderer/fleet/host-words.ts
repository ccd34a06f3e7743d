import { useTranslation } from 'react-i18next'
import type { FleetHost } from '../../contract/models/fleet.ts'
import { errorSentence } from '../app/error-words.ts'

/** What became of it, in words. */
export function useHostWords(): (host: FleetHost) => string {
  const { t, i18n } = useTranslation(['fleet', 'errors'])
  return ({ phase, way, failed = 0 }) => {
    switch (phase.kind) {
      case 'failed':
        return phase.error.code === 'CANCELLED' ? t('phase.cancelled') : errorSentence(phase.error, i18n.t, i18n.language)
      case 'skipped':
        return phase.why === 'no-way' && way.kind === 'none' ? t(`way.none.${way.reason}`) : t(`skipped.${phase.why}`)
      case 'done':
        return failed > 0 ? t('phase.partly', { count: failed }) : t('phase.done')
      default:
        return t(`phase.${phase.kind}`)
    }
  }
}

/** `yes`, `no`, `asked for`; empty where nobody knows. */
export function useRestartWords(): (host: FleetHost) => string {
  const { t } = useTranslation('fleet')
  return ({ restart, restarted }) => {
    if (restarted) return t('restartWords.asked')
    return restart === undefined ? '' : t(restart ? 'restartWords.yes' : 'restartWords.no')
  }
}
