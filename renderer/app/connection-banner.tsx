import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useAppInfo, useConnectionState } from '../api/live.ts'
import { useDelayed } from './use-delayed.ts'

/** A core that starts or is restarted needs about a second. */
const PATIENCE_MS = 2_000
/** By then a core that was restarted by its host would be back. */
const GONE_MS = 10_000

/** Seen as long as the core cannot be heard. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const connection = useConnectionState()
  const inBrowser = useAppInfo()?.host === 'browser'
  const slow = useDelayed(connection === 'connecting', PATIENCE_MS)
  const gone = useDelayed(connection === 'lost', GONE_MS)
  if (connection !== 'lost' && !slow) return undefined
  return (
    <Alert color="orange" radius={0} py={6} role="status">
      {t(gone && inBrowser ? 'connection.gone' : 'connection.lost')}
    </Alert>
  )
}
