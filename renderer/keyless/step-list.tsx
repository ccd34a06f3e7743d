import { List, Loader, VisuallyHidden } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly label: string
  readonly steps: readonly string[]
  /** The one that is being done; as many as there are: all are done. */
  readonly at: number
  readonly failed: boolean
}

/** What is done one after the other, and how far it is. */
export function StepList({ label, steps, at, failed }: Props) {
  const { t } = useTranslation('keyless')
  return (
    <List spacing={6} size="sm" center aria-label={label} role="list" aria-live="polite">
      {steps.map((step, index) => {
        const state = index < at ? 'done' : index > at ? 'waiting' : failed ? 'failed' : 'doing'
        return (
          <List.Item key={step} icon={ICONS[state]} {...(state === 'waiting' && { c: 'dimmed' })}>
            {step}
            <VisuallyHidden>{`: ${t(`stepState.${state}`)}`}</VisuallyHidden>
          </List.Item>
        )
      })}
    </List>
  )
}

const ICONS = {
  done: <IconCircleCheck size={18} color="var(--mantine-color-teal-text)" />,
  doing: <Loader size={16} />,
  failed: <IconCircleX size={18} color="var(--mantine-color-red-text)" />,
  waiting: <IconCircleDashed size={18} />,
}
