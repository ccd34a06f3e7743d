import { Code, Modal, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Target } from '../../contract/models/terminal.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import classes from './deploy.module.css'

interface Props {
  readonly target: Target
  readonly name: string
  onClose(): void
}

const FOLLOW_MS = 2_000

/** The last lines of its service's log, asked again as long as they are looked at. */
export function AppLog({ target, name, onClose }: Props) {
  const { t } = useTranslation('deploy')
  const options = query.deploy.log.queryOptions({ input: { target, app: name }, refetchInterval: FOLLOW_MS, retry: false, gcTime: 0 })
  const { data, error, refetch } = useQuery(options)
  return (
    <Modal opened onClose={onClose} title={t('log.title', { name })} size="xl">
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      {data === undefined && !error && <Skeleton height={120} role="status" aria-label={t('looking')} />}
      {data === '' && <Text size="sm">{t('log.empty')}</Text>}
      {data && (
        <Code block className={classes.log ?? ''} tabIndex={0} aria-label={t('log.title', { name })} ref={scrollToEnd}>
          {data}
        </Code>
      )}
    </Modal>
  )
}

/** New lines are at the end. */
export function scrollToEnd(element: HTMLElement | null): void {
  if (element) element.scrollTop = element.scrollHeight
}
