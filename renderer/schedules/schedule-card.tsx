import { Badge, Button, Card, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { Schedule } from '../../contract/models/schedule.ts'
import { change } from '../instances/actions.tsx'
import { isOwnTag } from './own-tag.ts'
import { useScheduleWords } from './schedule-words.ts'

const COLOURS: Readonly<Record<string, string>> = { ENABLED: 'mooring', ERROR: 'red' }

interface Props {
  readonly schedule: Schedule
  readonly instance: Instance
  onEdit(): void
}

/** One policy, what AWS says of it, and what can be done with it. */
export function ScheduleCard({ schedule, instance, onEdit }: Props) {
  const { t, i18n } = useTranslation('schedules')
  const words = useScheduleWords()
  const { id, state, problem, plans, tags, rule } = schedule
  const name = schedule.name || id
  const paused = state === 'DISABLED'
  const tag = tags.find((each) => isOwnTag(each, instance.ref.instanceId))
  return (
    <Card component="li" withBorder padding="xs">
      <Group gap={6} wrap="nowrap">
        <Text size="sm" fw={600} truncate flex={1} title={name}>
          {name}
        </Text>
        <Badge size="sm" radius="sm" variant="light" tt="none" color={COLOURS[state] ?? 'gray'}>
          {i18n.exists(`schedules:state.${state}`) ? t(`state.${state as 'ENABLED'}`) : state}
        </Badge>
      </Group>
      {plans.map((plan) => (
        <Text key={JSON.stringify(plan)} size="sm">
          {words.plan(plan)}
        </Text>
      ))}
      <Text size="xs" c="dimmed">
        {[id, words.reaches(schedule)].join(' · ')}
      </Text>
      {problem && (
        <Text size="xs" c="var(--mooring-bad)">
          {problem}
        </Text>
      )}
      {!rule && (
        <Text size="xs" c="dimmed">
          {t('elsewhere')}
        </Text>
      )}
      <Group gap="xs" mt={6}>
        {rule && (
          <Button size="compact-xs" variant="light" aria-label={t('editOf', { name })} onClick={onEdit}>
            {t('edit')}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="light"
          aria-label={t(paused ? 'resumeOf' : 'pauseOf', { name })}
          onClick={() => change([instance], { kind: paused ? 'resume-schedule' : 'pause-schedule', policyId: id })}
        >
          {t(paused ? 'resume' : 'pause')}
        </Button>
        <Button
          size="compact-xs"
          variant="light"
          color="red"
          aria-label={t('deleteOf', { name })}
          onClick={() => change([instance], { kind: 'delete-schedule', policyId: id, ...(tag ? { tag } : {}) })}
        >
          {t('delete')}
        </Button>
      </Group>
    </Card>
  )
}
