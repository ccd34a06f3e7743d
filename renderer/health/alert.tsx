import { Alert, Button, Tooltip } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InstanceAlert } from '../../contract/models/instance-health.ts'
import { setDetailsTab } from '../app/actions.ts'
import { formatList } from '../words/formats.ts'
import classes from './health.module.css'

/** What a list says of an alert, in a few words each; none without one. */
export function useAlertWords(alert: InstanceAlert | undefined): readonly string[] {
  const { t, i18n } = useTranslation('health')
  if (!alert) return []
  const { impaired, event } = alert
  const day =
    event?.notBefore && new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'long' }).format(new Date(event.notBefore))
  return [
    ...(impaired.length > 0
      ? [
          t('alert.impaired', {
            what: formatList(
              impaired.map((what) => t(`part.${what}`)),
              i18n.language,
            ),
            count: impaired.length,
          }),
        ]
      : []),
    ...(event ? [day ? t('alert.planned', { what: t(`event.${event.code}`), day }) : t(`event.${event.code}`)] : []),
  ]
}

/** For the eye; the words are in the line's name. */
export function AlertMark({ alert }: { readonly alert: InstanceAlert | undefined }) {
  const words = useAlertWords(alert)
  if (!alert) return undefined
  return (
    <Tooltip label={words.join(' · ')}>
      <IconAlertTriangle size={14} aria-hidden className={classes.mark} data-impaired={alert.impaired.length > 0 || undefined} />
    </Tooltip>
  )
}

/** On top of the overview, with the way to more. */
export function AlertNote({ alert }: { readonly alert: InstanceAlert | undefined }) {
  const { t } = useTranslation('health')
  const words = useAlertWords(alert)
  if (!alert) return undefined
  return (
    <Alert color={alert.impaired.length > 0 ? 'red' : 'yellow'} variant="light" p="xs" icon={<IconAlertTriangle />}>
      {words.map((each) => (
        <div key={each}>{each}</div>
      ))}
      <Button size="compact-xs" variant="default" mt={6} onClick={() => setDetailsTab('health')}>
        {t('toHealth')}
      </Button>
    </Alert>
  )
}
