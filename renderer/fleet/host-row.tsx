import { Button, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { FleetHost } from '../../contract/models/fleet.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { OutcomeMark } from '../many/outcome-mark.tsx'
import { Output } from '../many/output.tsx'
import classes from './fleet.module.css'
import { useHostWords, useRestartWords } from './host-words.ts'
import { outcomeOf } from './order.ts'

interface Props {
  readonly runId: string
  readonly host: FleetHost
  readonly index: number
  /** Absent where nobody said. */
  readonly numbers: readonly (number | undefined)[]
  readonly open: boolean
  onOpen(): void
}

export function HostRow({ runId, host, index, numbers, open, onOpen }: Props) {
  const { t } = useTranslation('fleet')
  const [words, restartWords] = [useHostWords(), useRestartWords()]
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <Text size="sm" fw={500}>
            {host.name}
          </Text>
          <Text size="xs" c="dimmed">
            {[host.ref.region, host.way.kind === 'none' ? '' : t(`wayShort.${host.way.kind}`)].filter(Boolean).join(' · ')}
          </Text>
        </Table.Td>
        <Table.Td>
          <span className={classes.state}>
            <OutcomeMark outcome={outcomeOf(host)} />
            {words(host)}
          </span>
          {host.phase.kind !== 'skipped' && host.phase.kind !== 'waiting' && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-expanded={open}
              aria-label={t(open ? 'hideOutputOf' : 'showOutputOf', { name: host.name })}
              onClick={onOpen}
            >
              {t(open ? 'hideOutput' : 'showOutput')}
            </Button>
          )}
        </Table.Td>
        {numbers.map((value, column) => (
          <Table.Td key={column} className={classes.number ?? ''}>
            {value ?? '–'}
          </Table.Td>
        ))}
        <Table.Td>{restartWords(host) || '–'}</Table.Td>
      </Table.Tr>
      {open && (
        <Table.Tr>
          <Table.Td colSpan={7} p={0}>
            <HostOutput runId={runId} host={host} index={index} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  )
}

/** While it goes on; over SSH what has come so far, of Systems Manager nothing before the end. */
const EVERY_MS = 1_500

function HostOutput({ runId, host, index }: Pick<Props, 'runId' | 'host' | 'index'>) {
  const { t } = useTranslation('fleet')
  const going = host.phase.kind === 'running'
  const options = query.fleet.output.queryOptions({ input: { id: runId, host: index } })
  const { data, error } = useQuery({
    ...options,
    queryKey: [...options.queryKey, host.phase.kind],
    refetchInterval: going ? EVERY_MS : false,
    retry: false,
  })
  if (error) return <ErrorMessage error={toUserError(error)} />
  const text = data?.text.trimEnd()
  return (
    <Output label={t('outputOf', { name: host.name })}>{data === undefined ? '…' : text || t(going ? 'nothingYet' : 'nothing')}</Output>
  )
}
