import { Button, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { HopPicture } from '../route/hop-picture.tsx'
import { hopStates } from '../route/hop-states.ts'
import { machineName } from './tab-name.ts'
import type { Tab } from './tabs.ts'
import { TraceList } from './trace-list.tsx'
import classes from './workspace.module.css'

/** What is being done, live; a connection that is there within a blink shows nothing of it. */
export function Connecting({ tab, onCancel }: { readonly tab: Tab; onCancel(): void }) {
  const { t } = useTranslation('workspace')
  const { route = [], trace = [] } = tab.terminal ?? {}
  return (
    <div className={`${classes.story} ${classes.late}`} role="status">
      <Title order={2} size="h4">
        {t('connecting.title', { name: machineName(tab) })}
      </Title>
      {route.length > 0 && <HopPicture route={route} host={machineName(tab)} states={hopStates(route, trace, 'connecting')} />}
      <TraceList trace={trace} label={t('connecting.steps')} />
      <Button size="compact-sm" variant="default" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  )
}
