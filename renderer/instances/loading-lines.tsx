import { Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDelayed } from '../app/use-delayed.ts'
import classes from './instances.module.css'

/** Takes its room at once and says something only when it takes long. */
export function LoadingLines() {
  const { t } = useTranslation()
  const late = useDelayed(true)
  return (
    <div className={classes.loading}>
      {late && (
        <>
          <Text size="xs" c="dimmed">
            {t('loading')}
          </Text>
          {[70, 55, 62].map((width) => (
            <Skeleton key={width} height={14} width={`${width}%`} mt="sm" />
          ))}
        </>
      )}
    </div>
  )
}
