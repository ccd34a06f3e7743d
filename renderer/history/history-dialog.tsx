import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconSearch, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { api, query } from '../api/client.ts'
import { useSettings } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { change } from '../settings/change.ts'
import { requestPaste } from '../terminal/paste-request.ts'
import { formatMoment } from '../words/formats.ts'
import { findSession } from '../workspace/sessions.ts'
import { useTabs } from '../workspace/tabs.ts'
import classes from './history.module.css'

/** What was run on any host. Enter puts the chosen one at the prompt, where it can be changed before it runs. */
export function HistoryDialog() {
  const { t } = useTranslation('snippets')
  const { commandHistory } = useSettings()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const found = useQuery(query.history.search.queryOptions({ input: { text }, staleTime: 0, placeholderData: keepPreviousData }))
  const entries = found.data ?? []

  function insert(command: string) {
    const session = findSession(useTabs.getState().activeKey)
    closeDialog()
    if (session) requestPaste(session, command)
  }
  async function forget(command?: string) {
    await attempt(() => api.history.forget(command === undefined ? {} : { command }))
    await found.refetch()
  }
  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const entry = entries[chosen]
    if (step !== undefined) setChosen(Math.max(0, Math.min(entries.length - 1, chosen + step)))
    else if (event.key === 'Enter' && entry) insert(entry.command)
    else return
    event.preventDefault()
  }
  return (
    <Modal opened onClose={closeDialog} title={t('history.title')} size="lg">
      <Stack gap="sm">
        <TextInput
          data-autofocus
          aria-label={t('history.search')}
          placeholder={t('history.search')}
          leftSection={<IconSearch size={16} />}
          value={text}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setChosen(0)
          }}
        />
        {entries.length === 0 && !found.isPending && (
          <Text size="sm" c="dimmed">
            {t(!commandHistory ? 'history.off' : text === '' ? 'history.none' : 'history.notFound')}
          </Text>
        )}
        <ul className={classes.list} aria-label={t('history.title')}>
          {entries.map((entry, index) => (
            <li key={entry.command} className={classes.item} data-chosen={index === chosen || undefined}>
              <UnstyledButton className={classes.entry} onClick={() => insert(entry.command)}>
                <Text size="sm" ff="monospace" truncate>
                  {shownName(entry.command)}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {t('history.where', { host: entry.host, when: formatMoment(entry.at, i18next.language), count: entry.count })}
                </Text>
              </UnstyledButton>
              <ActionIcon aria-label={t('history.forgetOne', { command: entry.command })} onClick={() => void forget(entry.command)}>
                <IconTrash size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => change({ commandHistory: !commandHistory })}>
            {t(commandHistory ? 'history.turnOff' : 'history.turnOn')}
          </Button>
          <Button variant="default" size="xs" disabled={entries.length === 0} onClick={() => askForgetAll(() => void forget())}>
            {t('history.forgetAll')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function askForgetAll(onConfirm: () => void): void {
  const t = i18next.getFixedT(null, 'snippets')
  modals.openConfirmModal({
    title: t('history.forgetTitle'),
    labels: { confirm: t('history.forgetAll'), cancel: t('cancel') },
    confirmProps: { color: 'red' },
    onConfirm,
  })
}
