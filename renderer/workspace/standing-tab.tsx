import { IconX, type TablerIcon } from '@tabler/icons-react'
import type { IDockviewPanelHeaderProps } from 'dockview-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './workspace.module.css'

/** The tab of a panel that is nobody's; its namespace has its word. */
export function standingTab(words: 'many' | 'fleet', Icon: TablerIcon) {
  return (props: IDockviewPanelHeaderProps) => <StandingTab {...props} words={words} Icon={Icon} />
}

function StandingTab({ api, words, Icon }: IDockviewPanelHeaderProps & { readonly words: 'many' | 'fleet'; readonly Icon: TablerIcon }) {
  const { t } = useTranslation([words, 'workspace'])
  const title = t('tab', { ns: words })
  useEffect(() => api.setTitle(title), [api, title])
  return (
    <span className={classes.tab}>
      <Icon size={14} aria-hidden />
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
