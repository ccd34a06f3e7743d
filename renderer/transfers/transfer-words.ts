import { useTranslation } from 'react-i18next'
import type { Transfer } from '../../contract/models/transfer.ts'
import { formatBytes, formatDistance, formatDuration, formatNumber } from '../words/formats.ts'

/** From where to where. */
export function usePlace({ direction, host, folder, byBrowser }: Transfer): string {
  const { t } = useTranslation('transfers')
  if (byBrowser) return t('toBrowser', { host })
  return t(direction === 'upload' ? 'from' : 'to', { host, folder })
}

/** What a transfer is called, how much of it is there, and what it is doing. */
export function useTransferWords(transfer: Transfer) {
  const { t, i18n } = useTranslation('transfers')
  const { language } = i18n
  const { phase, bytes, total, estimate, files, filesDone, skipped, rate, secondsLeft, took, count, byBrowser, tar } = transfer
  const begun = total > 0 || files > 0
  const amounts = { bytes: formatBytes(bytes, language), total: formatBytes(total, language) }
  const ran = formatDuration(took / 1000, language)
  const waits = byBrowser ? t('phase.forBrowser') : t('phase.queued')
  const doing =
    phase.kind === 'queued'
      ? waits
      : phase.kind === 'waiting'
        ? t('phase.waiting', { when: formatDistance(phase.retryAt, language) })
        : t(`phase.${phase.kind}`, { time: ran })
  return {
    name: t('several', { count, name: transfer.name, more: formatNumber(count - 1, language) }),
    amount: begun ? t(estimate ? 'amountEstimate' : 'amount', amounts) : '',
    phase: [
      doing,
      phase.kind === 'running' && rate !== undefined && t('rate', { rate: formatBytes(rate, language) }),
      phase.kind === 'running' && secondsLeft !== undefined && t('left', { time: formatDuration(secondsLeft, language) }),
      files > 1 && t('files', { count: files, done: formatNumber(filesDone, language), total: formatNumber(files, language) }),
      tar && t(`byTar.${tar}`),
      skipped > 0 && t('skipped', { count: skipped, number: formatNumber(skipped, language) }),
    ]
      .filter(Boolean)
      .join(' · '),
  }
}
