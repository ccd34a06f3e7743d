import { useTranslation } from 'react-i18next'
import type { ManyHost } from '../../contract/models/many.ts'
import { errorSentence } from '../app/error-words.ts'
import { formatDuration, formatMilliseconds } from '../words/formats.ts'

/** How it ended and how long it took, or what it is about. */
export function useHostWords(): (host: ManyHost) => string {
  const { t, i18n } = useTranslation(['many', 'errors'])
  return ({ phase, ms }) => {
    const took =
      ms === undefined ? '' : ` · ${ms < 10_000 ? formatMilliseconds(ms, i18n.language) : formatDuration(ms / 1000, i18n.language)}`
    switch (phase.kind) {
      case 'done':
        return `${phase.code === undefined ? t('ended') : t('code', { code: phase.code })}${took}`
      case 'failed':
        return phase.error.code === 'CANCELLED' ? `${t('cancelled')}${took}` : errorSentence(phase.error, i18n.t, i18n.language)
      default:
        return t(`phase.${phase.kind}`)
    }
  }
}
