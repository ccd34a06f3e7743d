import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './workspace.module.css'

/** Not a button: a tab may hold nothing that takes the focus. From the keyboard, Delete on the tab closes it. */
export function TabClose({ onClose }: { onClose(): void }) {
  const { t } = useTranslation('workspace')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: as above.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <span
      className={classes.close}
      title={t('close')}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => {
        event.stopPropagation()
        onClose()
      }}
    >
      <IconX size={13} aria-hidden />
    </span>
  )
}
