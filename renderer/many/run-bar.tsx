import { Button, Group, Select, Text } from '@mantine/core'
import { IconPlayerStop, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../app/attempt.tsx'

interface Props {
  /** Of whose words. */
  readonly words: 'many' | 'fleet'
  readonly id: string
  /** This one and those before it. */
  readonly runs: readonly { readonly id: string; readonly label: string }[]
  readonly all: number
  readonly going: number
  readonly bad: number
  /** Between the choice of a run and how far it is. */
  readonly view?: ReactNode
  /** What else can be done about it. */
  readonly children: ReactNode
  onRun(id: string): void
  cancel(): Promise<unknown>
  clear(): Promise<unknown>
}

/** The head of a run on many hosts: which one, how far it is, and what can be done about it. */
export function RunBar({ words, id, runs, all, going, bad, view, children, onRun, cancel, clear }: Props) {
  const { t } = useTranslation(words)
  return (
    <Group gap="xs" role="toolbar" aria-label={t('runTools')}>
      {runs.length > 1 ? (
        <Select
          size="xs"
          w={330}
          aria-label={t('runs')}
          allowDeselect={false}
          data={runs.map((run) => ({ value: run.id, label: run.label }))}
          value={id}
          onChange={(chosen) => chosen && onRun(chosen)}
        />
      ) : (
        <Text size="sm" fw={600} truncate maw={330} title={runs[0]?.label}>
          {runs[0]?.label}
        </Text>
      )}
      {view}
      <Text size="sm" role="status" style={{ flex: '1 0 auto' }}>
        {t('progress', { done: all - going, all })}
        {bad > 0 && ` · ${t('bad', { count: bad })}`}
      </Text>
      {going > 0 && (
        <Button size="compact-sm" color="red" leftSection={<IconPlayerStop size={15} />} onClick={() => void attempt(cancel)}>
          {t('cancelAll')}
        </Button>
      )}
      {children}
      {going === 0 && (
        <Button size="compact-sm" variant="default" leftSection={<IconTrash size={15} />} onClick={() => void attempt(clear)}>
          {t('clear')}
        </Button>
      )}
    </Group>
  )
}
