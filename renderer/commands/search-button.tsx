import { UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Keys } from '../shortcuts/keys.tsx'
import classes from './commands.module.css'

export function SearchButton() {
  const { t } = useTranslation()
  return (
    <UnstyledButton className={classes.button} onClick={spotlight.open}>
      <IconSearch size={15} aria-hidden />
      <span className={classes.text}>{t('commands.placeholder')}</span>
      <Keys of="palette" />
    </UnstyledButton>
  )
}
