import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NetworkChange, NetworkTarget } from '../../contract/models/network.ts'
import { ChangeReview } from './change-review.tsx'

interface Props {
  readonly target: NetworkTarget
  readonly change: NetworkChange
  onClose(): void
  /** After it was carried out. */
  onDone?: (() => void) | undefined
}

/** Shows a change before it happens. */
export function ChangeDialog({ target, change, onClose, onDone }: Props) {
  const { t } = useTranslation('network')
  return (
    <Modal opened onClose={onClose} title={t(`change.title.${change.kind}`)} size="lg">
      <ChangeReview target={target} change={change} onBack={onClose} onClose={onClose} onDone={onDone} />
    </Modal>
  )
}
