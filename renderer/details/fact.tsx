import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './details.module.css'

interface Props {
  readonly label: string
  readonly value: string | undefined
  readonly reason: string
  readonly warn?: boolean
  readonly children?: ReactNode
}

/** A conclusion, with the reason under it. */
export function Fact({ label, value, reason, warn = false, children }: Props) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Text size="sm" c="dimmed" className={classes.label}>
        {label}
      </Text>
      <div className={classes.value}>
        {value !== undefined && (
          <Text size="sm" fw={600} truncate title={value}>
            {value}
          </Text>
        )}
        <Text size="xs" c={warn ? 'var(--mooring-warn)' : 'dimmed'}>
          {reason}
        </Text>
        {children && (
          <Text size="xs" c="dimmed">
            {children}
          </Text>
        )}
      </div>
    </Group>
  )
}
