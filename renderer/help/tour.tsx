import { Button, Group, Modal, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closeDialog } from '../app/actions.ts'
import { change } from '../settings/change.ts'
import { cardPlace } from './card-place.ts'
import classes from './tour.module.css'
import { useAnchor } from './use-anchor.ts'

/** By the part of the screen that each is about (`data-tour`). */
const STEPS = ['choose', 'terminal', 'around'] as const
const CARD_WIDTH = 340

/** Three steps over the real screen. Escape skips it; either way it does not come again by itself. */
export function Tour() {
  const { t } = useTranslation('help')
  const [index, setIndex] = useState(0)
  const step = STEPS[index] ?? STEPS[0]
  const anchor = useAnchor(step)
  const last = index === STEPS.length - 1
  function end() {
    change({ tourDone: true })
    closeDialog()
  }
  return (
    <>
      <div
        className={classes.shade}
        style={anchor && { ...anchor, boxShadow: '0 0 0 100vmax var(--tour-shade)' }}
        data-whole={!anchor || undefined}
      />
      <Modal
        opened
        onClose={end}
        title={t(`tour.${step}.title`)}
        withOverlay={false}
        closeOnClickOutside={false}
        transitionProps={{ duration: 0 }}
        closeButtonProps={{ 'aria-label': t('tour.skip') }}
        styles={{
          inner: {
            ...cardPlace(anchor, { width: innerWidth, height: innerHeight }, CARD_WIDTH),
            right: 'auto',
            bottom: 'auto',
            width: CARD_WIDTH,
            padding: 0,
          },
          content: { width: CARD_WIDTH, flexBasis: CARD_WIDTH },
        }}
      >
        <Text size="sm" aria-live="polite">
          {t(`tour.${step}.text`)}
        </Text>
        <Group justify="space-between" mt="md" wrap="nowrap">
          <Text size="xs" c="dimmed">
            {t('tour.step', { step: index + 1, of: STEPS.length })}
          </Text>
          <Group gap="xs" wrap="nowrap">
            {index > 0 && (
              <Button size="compact-sm" variant="default" onClick={() => setIndex(index - 1)}>
                {t('tour.back')}
              </Button>
            )}
            <Button size="compact-sm" data-autofocus onClick={() => (last ? end() : setIndex(index + 1))}>
              {t(last ? 'tour.done' : 'tour.next')}
            </Button>
          </Group>
        </Group>
      </Modal>
    </>
  )
}
