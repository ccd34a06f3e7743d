import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { IDockviewTabGroupChipProps } from 'dockview-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './workspace.module.css'

/** Before the tabs of a group: its name, which folds them away and back. Among tabs, so it is one for a screen reader. */
export function TabGroupChip({ tabGroup }: IDockviewTabGroupChipProps) {
  const { t } = useTranslation('workspace')
  const [{ collapsed, size }, setShown] = useState({ collapsed: tabGroup.collapsed, size: tabGroup.size })
  useEffect(() => {
    const read = () => setShown({ collapsed: tabGroup.collapsed, size: tabGroup.size })
    read()
    const listeners = [tabGroup.onDidCollapseChange(read), tabGroup.onDidPanelChange(read)]
    return () => {
      for (const listener of listeners) listener.dispose()
    }
  }, [tabGroup])
  const Icon = collapsed ? IconChevronRight : IconChevronDown
  return (
    <span
      className={classes.groupChip}
      role="tab"
      tabIndex={0}
      aria-selected={false}
      aria-expanded={!collapsed}
      aria-label={t('groups.name', { name: tabGroup.label, count: size })}
      style={{ background: `var(--dv-tab-group-color-${tabGroup.color ?? 'grey'})` }}
      onClick={() => tabGroup.toggle()}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        event.stopPropagation()
        tabGroup.toggle()
      }}
    >
      <Icon size={12} aria-hidden />
      <span className={classes.tabName}>{tabGroup.label}</span>
      {collapsed && <span>{size}</span>}
    </span>
  )
}
