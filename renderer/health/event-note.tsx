import { Alert, Button, Group, Text } from '@mantine/core'
import { IconCalendarEvent } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { EventCode, ScheduledEvent } from '../../contract/models/instance-health.ts'
import { setDetailsTab } from '../app/actions.ts'
import { change } from '../instances/actions.tsx'
import { formatZoned } from '../words/formats.ts'

/** Stopping and starting moves an instance to other hardware, which is where the trouble is. */
const MOVED_AWAY: ReadonlySet<EventCode> = new Set(['instance-retirement', 'instance-stop', 'system-reboot', 'system-maintenance'])

/** What AWS will do with an instance, when, and what to do before. */
export function EventNote({ event, instance }: { readonly event: ScheduledEvent; readonly instance: Instance }) {
  const { t, i18n } = useTranslation('health')
  const { code, said, notBefore, notAfter } = event
  const [from, until] = [notBefore, notAfter].map((time) => time && formatZoned(time, i18n.language))
  const when = from && until ? 'between' : from ? 'from' : until ? 'until' : 'noTime'
  return (
    <Alert color="yellow" variant="light" p="xs" icon={<IconCalendarEvent />} title={t(`event.${code}`)}>
      <Text size="sm">{t(`when.${when}`, { from, until })}</Text>
      <Text size="xs">{t(`prepare.${code}`)}</Text>
      {said && (
        <Text size="xs" c="dimmed">
          {t('said', { said })}
        </Text>
      )}
      <Group gap="xs" mt={6}>
        {code === 'instance-retirement' && (
          <Button size="compact-xs" variant="default" onClick={() => setDetailsTab('backups')}>
            {t('toBackups')}
          </Button>
        )}
        {MOVED_AWAY.has(code) && (
          <Button size="compact-xs" variant="default" onClick={() => change([instance], { kind: 'stop' })}>
            {t('stop')}
          </Button>
        )}
      </Group>
    </Alert>
  )
}
