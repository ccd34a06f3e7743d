import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'

interface Ways {
  /** False where it was refused. */
  openAgain(id: string): boolean
  takeBack(ids: readonly string[]): void
}

const NOTICE = 'windows-of-the-last-time'

/** A browser opens windows for whoever clicks, and for nobody else. */
export function offerWindows(ids: readonly string[], ways: Ways): void {
  if (ids.length === 0) return
  notifications.show({ id: NOTICE, autoClose: false, withCloseButton: false, message: <Offer ids={ids} ways={ways} /> })
}

function Offer({ ids, ways }: { readonly ids: readonly string[]; readonly ways: Ways }) {
  const { t } = useTranslation('workspace')
  const open = () => {
    notifications.hide(NOTICE)
    offerWindows(
      ids.filter((id) => !ways.openAgain(id)),
      ways,
    )
  }
  const bring = () => {
    notifications.hide(NOTICE)
    ways.takeBack(ids)
  }
  return (
    <>
      {t('ownWindow.lastTime', { count: ids.length })}
      <Group gap="xs" mt="xs">
        <Button size="compact-sm" variant="default" onClick={open}>
          {t('ownWindow.openAgain', { count: ids.length })}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={bring}>
          {t('ownWindow.bringHere')}
        </Button>
      </Group>
    </>
  )
}
