import { IconHome } from '@tabler/icons-react'
import type { IDockviewPanelHeaderProps } from 'dockview-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { InstancesTable } from '../instances/instances-table.tsx'
import classes from './workspace.module.css'

/** What one begins with. */
export function HomePanel() {
  return (
    <div className={classes.panel}>
      <InstancesTable />
    </div>
  )
}

export function HomeTab({ api }: IDockviewPanelHeaderProps) {
  const { t } = useTranslation('workspace')
  const title = t('home')
  useEffect(() => api.setTitle(title), [api, title])
  return (
    <span className={classes.tab}>
      <IconHome size={14} aria-hidden />
      {title}
    </span>
  )
}
