import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { DockviewPanelApi } from 'dockview-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { tellOutside } from '../host/tell-outside.ts'
import type { Session } from '../terminal/session.ts'
import { formatDuration } from '../words/formats.ts'

/** Whoever waits longer has most likely gone to do something else. */
const LONG_MS = 10_000
const SHOWN = 80

/** Tells of a long command that has ended in a terminal which nobody looks at. */
export function useLongCommands(api: Pick<DockviewPanelApi, 'id' | 'isVisible' | 'setActive' | 'title'>, session: Session): void {
  const { t, i18n } = useTranslation('workspace')
  useEffect(
    () =>
      session.state.subscribe(({ ended }, before) => {
        if (!ended || ended === before.ended || ended.tookMs < LONG_MS || (api.isVisible && document.hasFocus())) return
        const failed = (ended.code ?? 0) !== 0
        const time = formatDuration(Math.round(ended.tookMs / 1000), i18n.language)
        const id = `command ${api.id}`
        const show = () => {
          api.setActive()
          notifications.hide(id)
        }
        const message = t(failed ? 'command.failed' : 'command.ended', { name: api.title, time, code: ended.code })
        tellOutside(message, show)
        notifications.hide(id)
        notifications.show({
          id,
          autoClose: false,
          role: 'status',
          color: failed ? 'red' : 'mooring',
          title: shownName(ended.text.slice(0, SHOWN)) || t('command.unnamed'),
          message: (
            <>
              {message}{' '}
              <Button size="compact-xs" variant="default" onClick={show}>
                {t('command.show')}
              </Button>
            </>
          ),
        })
      }),
    [api, session, t, i18n],
  )
}
