import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useConnectionState } from '../api/live.ts'

/** Seen as long as the core cannot be heard. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  if (useConnectionState() !== 'lost') return undefined
  return (
    <Alert color="orange" variant="filled" radius={0} py={6} role="status">
      {t('connection.lost')}
    </Alert>
  )
}
