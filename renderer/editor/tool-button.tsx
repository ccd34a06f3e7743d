import { ActionIcon, Tooltip } from '@mantine/core'
import type { TablerIcon } from '@tabler/icons-react'

interface ButtonProps {
  readonly label: string
  readonly Icon: TablerIcon
  /** Of a switch. */
  readonly pressed?: boolean
  onClick(): void
}

export function ToolButton({ label, Icon, pressed, onClick }: ButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} aria-pressed={pressed} variant={pressed ? 'light' : 'subtle'} onClick={onClick}>
        <Icon size={15} />
      </ActionIcon>
    </Tooltip>
  )
}
