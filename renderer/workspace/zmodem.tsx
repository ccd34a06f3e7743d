import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { showFiles } from '../files/files-beside.tsx'
import { machineName } from './tab-name.ts'
import { findTab } from './tabs.ts'

/** Files go over SFTP here, which is faster and can go on where it stopped. */
export function tellOfZmodem(key: string, direction: 'send' | 'receive'): void {
  const tab = findTab(key)
  if (!tab) return
  const id = `zmodem ${key}`
  notifications.hide(id)
  notifications.show({
    id,
    role: 'alert',
    autoClose: 20_000,
    message: <Way tabKey={key} id={id} name={machineName(tab)} direction={direction} />,
  })
}

interface Props {
  readonly tabKey: string
  readonly id: string
  readonly name: string
  readonly direction: 'send' | 'receive'
}

function Way({ tabKey, id, name, direction }: Props) {
  const { t } = useTranslation('workspace')
  function open() {
    showFiles(tabKey, true)
    notifications.hide(id)
  }
  return (
    <>
      {t(`zmodem.${direction}`, { name })}{' '}
      <Button size="compact-xs" variant="default" onClick={open}>
        {t('zmodem.files')}
      </Button>
    </>
  )
}
