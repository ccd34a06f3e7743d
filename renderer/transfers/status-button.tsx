import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useTransfers } from '../api/live.ts'
import { openTransfers, useShell } from '../app/actions.ts'
import { formatBytes, formatNumber } from '../words/formats.ts'

/** In the status bar: how many are under way and how fast. Opens and closes the list. */
export function TransfersButton() {
  const { t, i18n } = useTranslation('transfers')
  const open = useShell((shell) => shell.transfersOpen)
  const transfers = useTransfers()
  const going = transfers.filter(({ phase }) => ['queued', 'connecting', 'running', 'asking', 'waiting'].includes(phase.kind))
  const rate = going.reduce((sum, transfer) => sum + (transfer.rate ?? 0), 0)
  const words =
    going.length === 0
      ? t('statusIdle')
      : t('status', {
          count: going.length,
          number: formatNumber(going.length, i18n.language),
          rate: t('rate', { rate: formatBytes(rate, i18n.language) }),
        })
  return (
    <UnstyledButton fz="inherit" aria-expanded={open} onClick={() => openTransfers(!open)}>
      {words}
    </UnstyledButton>
  )
}
