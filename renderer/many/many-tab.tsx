import { IconPlayerTrackNext, IconX } from '@tabler/icons-react'
import type { IDockviewPanelHeaderProps } from 'dockview-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import classes from '../workspace/workspace.module.css'

export function ManyTab({ api }: IDockviewPanelHeaderProps) {
  const { t } = useTranslation(['many', 'workspace'])
  const title = t('tab')
  useEffect(() => api.setTitle(title), [api, title])
  return (
    <span className={classes.tab}>
      <IconPlayerTrackNext size={14} aria-hidden />
      {title}
      {/* Not a button: a tab may hold nothing that takes the focus. From the keyboard, Delete on the tab closes it. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above. */}
      <span
        className={classes.close}
        title={t('workspace:close')}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => api.close()}
      >
        <IconX size={13} aria-hidden />
      </span>
    </span>
  )
}
