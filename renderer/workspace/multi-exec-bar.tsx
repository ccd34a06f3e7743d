import { Button } from '@mantine/core'
import { IconGitCompare, IconLayoutGrid, IconPlayerStop } from '@tabler/icons-react'
import type { DockviewApi } from 'dockview-react'
import { useTranslation } from 'react-i18next'
import { setComparing, useComparing } from './compare/comparing.ts'
import { sideBySide } from './grid.ts'
import { stopMultiExec, takingPart, useMultiExec } from './multi-exec.ts'
import { useTabs } from './tabs.ts'
import classes from './workspace.module.css'

/** Above everything, for as long as one keyboard is many. */
export function MultiExecBar({ dock }: { readonly dock: DockviewApi | undefined }) {
  const { t } = useTranslation('workspace')
  const multiExec = useMultiExec()
  const count = useTabs(({ tabs }) => takingPart(multiExec, tabs).length)
  const comparing = useComparing(({ on }) => on)
  if (!multiExec.on) return undefined
  return (
    <section className={classes.multiBar} aria-label={t('multiExec.title')}>
      <span role="status">{t('multiExec.goesTo', { count })}</span>
      <Button size="compact-xs" variant="default" leftSection={<IconLayoutGrid size={14} />} onClick={() => dock && sideBySide(dock)}>
        {t('multiExec.sideBySide')}
      </Button>
      <Button
        size="compact-xs"
        variant={comparing ? 'filled' : 'default'}
        aria-pressed={comparing}
        leftSection={<IconGitCompare size={14} />}
        onClick={() => setComparing(!comparing)}
      >
        {t('multiExec.compare')}
      </Button>
      <Button size="compact-xs" color="red" leftSection={<IconPlayerStop size={14} />} onClick={stopMultiExec}>
        {t('multiExec.stop')}
      </Button>
    </section>
  )
}
