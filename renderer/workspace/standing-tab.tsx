import type { TablerIcon } from '@tabler/icons-react'
import type { IDockviewPanelHeaderProps } from 'dockview-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { TabClose } from './tab-close.tsx'
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
      <TabClose onClose={() => api.close()} />
    </span>
  )
}
