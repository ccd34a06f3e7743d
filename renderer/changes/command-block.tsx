import { ActionIcon, Code, Group, Text, Tooltip } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { copy } from '../instances/copy.ts'
import classes from '../network/network.module.css'

/** The equivalent call of the AWS CLI, to be taken along. */
export function CommandBlock({ command }: { readonly command: string }) {
  const { t } = useTranslation('network')
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="dimmed">
          {t('change.command')}
        </Text>
        <Tooltip label={t('change.copyCommand')}>
          <ActionIcon size="sm" aria-label={t('change.copyCommand')} onClick={() => void copy(command)}>
            <IconCopy size={14} />
          </ActionIcon>
        </Tooltip>
      </Group>
      {/* It scrolls, so the keyboard must be able to come to it. */}
      <Code block className={classes.command ?? ''} tabIndex={0} aria-label={t('change.command')}>
        {command}
      </Code>
    </div>
  )
}
