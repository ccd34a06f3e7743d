import { Loader, Text, UnstyledButton } from '@mantine/core'
import { IconDatabase } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Database } from '../../contract/models/database.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { dragListeners } from './drag.ts'
import { engineName } from './engines.ts'
import classes from './tunnels.module.css'

interface Props {
  readonly instance: InstanceRef
  /** The group that they may be dropped in. */
  readonly from: string
  /** `address:port` of those that a tunnel leads to already. */
  readonly brought: ReadonlySet<string>
  onBring(database: Database): void
}

/** Those beside a host that no tunnel leads to yet: dragged onto this computer, or pressed, one gets a tunnel. */
export function Databases({ instance, from, brought, onBring }: Props) {
  const { t } = useTranslation('tunnels')
  const { data, error, refetch } = useDatabases(instance)
  if (error) return <ErrorMessage error={toUserError(error)} instance={instance} onRetry={() => void refetch()} />
  if (!data) return <Loader size="xs" my={6} aria-label={t('databases.loading')} />
  const left = data.filter(({ address, port }) => !brought.has(`${address}:${port}`))
  if (left.length === 0) return <Hint text={t(data.length === 0 ? 'databases.none' : 'databases.allBrought')} />
  return (
    <>
      <Hint text={t('databases.hint')} />
      <ul className={classes.databases} aria-label={t('databases.title')}>
        {left.map((database) => (
          <li key={`${database.address}:${database.port}`}>
            <UnstyledButton
              className={classes.database}
              title={`${database.address}:${database.port}`}
              aria-label={t('databases.bring', { name: t(`databases.roles.${database.role}`, database), engine: engineName(database) })}
              onClick={() => onBring(database)}
              {...dragListeners({ from, database })}
            >
              <IconDatabase size={16} aria-hidden />
              <span className={classes.name}>{t(`databases.roles.${database.role}`, database)}</span>
              <span className={classes.port}>
                {[engineName(database), database.status !== 'available' && database.status].filter(Boolean).join(' · ')}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  )
}

function Hint({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed" mt={4}>
      {text}
    </Text>
  )
}

/** Asked for anew at each look: they come and go in AWS, which tells nobody. */
export function useDatabases(ref: InstanceRef | undefined) {
  return useQuery({
    ...query.tunnels.databases.queryOptions({ input: { ref: ref ?? { profile: '', region: '', instanceId: '' } } }),
    enabled: ref !== undefined,
    staleTime: 60_000,
  })
}
