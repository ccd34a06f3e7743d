import { Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import classes from './link-hint.module.css'
import type { Session } from './session.ts'

/** Where the link under the pointer really leads, as a browser says it. */
export function LinkHint({ session, mac }: { readonly session: Session; readonly mac: boolean }) {
  const { t } = useTranslation('workspace')
  const link = useStore(session.state, (state) => state.pointedLink)
  if (!link) return undefined
  return (
    <Paper className={classes.hint} shadow="md" withBorder role="status">
      {link.host && (
        <Text span size="xs" fw="var(--mantine-font-weight-bold)">
          {link.host}{' '}
        </Text>
      )}
      <Text span size="xs" ff="monospace" className={classes.address} dir="ltr">
        {link.address}
      </Text>
      <Text size="xs" c="dimmed">
        {link.opens ? t('link.opens', { key: mac ? 'Cmd' : 'Ctrl' }) : t('link.never')}
      </Text>
    </Paper>
  )
}
