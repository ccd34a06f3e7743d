import { ActionIcon, Button, Checkbox, Group, Modal, Skeleton, Stack, Text, TextInput, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostProcess } from '../../contract/models/monitor.ts'
import { api, query, toUserError } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatShare } from '../words/formats.ts'
import classes from './monitor.module.css'

interface Props {
  readonly terminalId: string
  readonly name: string
  onClose(): void
}

/** What runs on a host, and the end of it. */
export function ProcessesDialog({ terminalId, name, onClose }: Props) {
  const { t } = useTranslation('monitor')
  const [wanted, setWanted] = useState('')
  const [ending, setEnding] = useState<HostProcess>()
  const { data, error, refetch, isFetching } = useQuery(query.monitor.processes.queryOptions({ input: { terminalId }, gcTime: 0 }))
  const term = wanted.trim().toLowerCase()
  const shown = data?.filter(({ command, user, pid }) => `${command}\n${user}\n${pid}`.toLowerCase().includes(term)) ?? []
  return (
    <Modal opened onClose={onClose} title={t('processes.title', { name })} size="lg">
      <Stack gap="sm">
        <Group gap="xs">
          <TextInput
            flex={1}
            type="search"
            aria-label={t('processes.filter')}
            placeholder={t('processes.filter')}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
            data-autofocus
          />
          <Button variant="default" leftSection={<IconRefresh size={15} />} loading={isFetching && !!data} onClick={() => void refetch()}>
            {t('processes.refresh')}
          </Button>
        </Group>
        {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={160} role="status" aria-label={t('processes.loading')} />}
        {data && shown.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('processes.none')}
          </Text>
        )}
        {shown.length > 0 && <Table processes={shown} onEnd={setEnding} />}
      </Stack>
      {ending && <EndDialog terminalId={terminalId} process={ending} onClose={() => setEnding(undefined)} onEnded={() => void refetch()} />}
    </Modal>
  )
}

function Table({ processes, onEnd }: { readonly processes: readonly HostProcess[]; onEnd(process: HostProcess): void }) {
  const { t, i18n } = useTranslation('monitor')
  const percent = (value: number) => formatShare(value / 100, i18n.language)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by the keyboard.
    <section className={classes.scroller} tabIndex={0} aria-label={t('processes.open')}>
      <table className={classes.processes}>
        <thead>
          <tr>
            <th scope="col">{t('processes.command')}</th>
            <th scope="col">{t('processes.user')}</th>
            <th scope="col" className={classes.number}>
              {t('processes.pid')}
            </th>
            <th scope="col" className={classes.number}>
              {t('processes.cpu')}
            </th>
            <th scope="col" className={classes.number}>
              {t('processes.memory')}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {processes.map((process) => (
            <tr key={process.pid}>
              <td title={process.command}>{process.command}</td>
              <td>{process.user}</td>
              <td className={classes.number}>{process.pid}</td>
              <td className={classes.number}>{percent(process.cpu)}</td>
              <td className={classes.number}>{percent(process.memory)}</td>
              <td>
                <Tooltip label={t('processes.end')}>
                  <ActionIcon size="sm" aria-label={t('processes.endNow', { name: process.command })} onClick={() => onEnd(process)}>
                    <IconPlayerStop size={14} />
                  </ActionIcon>
                </Tooltip>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface EndProps {
  readonly terminalId: string
  readonly process: HostProcess
  onClose(): void
  onEnded(): void
}

function EndDialog({ terminalId, process, onClose, onEnded }: EndProps) {
  const { t } = useTranslation('monitor')
  const [force, setForce] = useState(false)
  const { pid, command } = process

  async function end() {
    const answer = await attempt(() => api.monitor.endProcess({ terminalId, process: { pid, command }, force }))
    onClose()
    if (!answer) return
    notifications.show({ message: t(`processes.${answer.outcome}`, { name: command }) })
    onEnded()
  }
  return (
    <Modal opened onClose={onClose} title={t('processes.endNow', { name: command })} centered>
      <Stack gap="sm">
        <Text size="sm">{t('processes.confirm', { name: command, pid })}</Text>
        <Checkbox label={t('processes.force')} checked={force} onChange={({ currentTarget }) => setForce(currentTarget.checked)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('processes.cancel')}
          </Button>
          <Button color="red" onClick={() => void end()}>
            {t('processes.end')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
