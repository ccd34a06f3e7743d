import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import { type Forward, isLoopback } from '../../contract/models/tunnel.ts'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'open-forwards' }>
  readonly give: GiveAnswer
}

/** What the person's own configuration opens besides a terminal. Enter opens nothing that was not read. */
export function OpenForwards({ question: { host, forwards }, give }: Props) {
  const { t } = useTranslation('stays')
  return (
    <Stack gap="sm">
      <Text>{t('forwards.text', { host })}</Text>
      <List size="sm">
        {forwards.map((forward) => (
          <List.Item key={JSON.stringify(forward)}>{t(`forwards.${forward.kind}`, ends(forward))}</List.Item>
        ))}
      </List>
      {forwards.some(({ bindAddress }) => !isLoopback(bindAddress)) && (
        <Alert color="yellow" variant="light" role="alert">
          {t('forwards.exposed')}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t('forwards.once')}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => give({ kind: 'no' })}>
          {t('forwards.no')}
        </Button>
        <Button onClick={() => give({ kind: 'yes' })}>{t('forwards.yes')}</Button>
      </Group>
    </Stack>
  )
}

function ends(forward: Forward): { readonly bind: string; readonly to: string } {
  const bind = `${forward.bindAddress}:${forward.bindPort}`
  return { bind, to: forward.kind === 'dynamic' ? '' : `${forward.toHost}:${forward.toPort}` }
}
