import { ActionIcon, Button, Group, Switch, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useSettings, useTransfers } from '../api/live.ts'
import { openTransfers, useShell } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { change } from '../settings/change.ts'
import { RateSelect } from './rate-select.tsx'
import { SmallFilesSelect } from './small-files-select.tsx'
import { TransferRow } from './transfer-row.tsx'
import classes from './transfers.module.css'

/** What is being transferred, below everything else, while it is wanted. */
export function TransfersPanel() {
  const { t } = useTranslation('transfers')
  const open = useShell((shell) => shell.transfersOpen)
  const transfers = useTransfers()
  const settings = useSettings()
  if (!open) return undefined
  const queued = transfers.filter(({ phase, byBrowser }) => phase.kind === 'queued' && !byBrowser)
  const anyOver = transfers.some(({ phase }) => ['done', 'failed', 'cancelled'].includes(phase.kind))
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <Group className={classes.head} justify="space-between" wrap="nowrap">
        <h2 className={classes.title}>{t('title')}</h2>
        <Group gap="xs" justify="flex-end">
          <Switch
            size="xs"
            label={t('keepLinks')}
            checked={settings?.transferLinks ?? false}
            onChange={(event) => change({ transferLinks: event.currentTarget.checked })}
          />
          <SmallFilesSelect />
          <RateSelect />
          {anyOver && (
            <Button flex="none" size="compact-xs" variant="default" onClick={() => void attempt(() => api.transfers.clear({}))}>
              {t('clear')}
            </Button>
          )}
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('close')} onClick={() => openTransfers(false)}>
            <IconX size={16} />
          </ActionIcon>
        </Group>
      </Group>
      {transfers.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          {t('empty')}
        </Text>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
        <ul className={classes.list} aria-label={t('title')} tabIndex={0}>
          {[...transfers].reverse().map((transfer) => (
            <TransferRow key={transfer.id} transfer={transfer} canBeNext={queued.indexOf(transfer) > 0} />
          ))}
        </ul>
      )}
    </section>
  )
}
