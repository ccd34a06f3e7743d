import { Button, Stack, Text } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly children: ReactNode
}

/** A defect in one part of the page takes only that part away: the terminals beside it go on. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError() {
    return { broken: true }
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { t } = useTranslation()
  return (
    <Stack p="md" gap="sm" align="flex-start" role="alert">
      <Text>{t('frame.broken')}</Text>
      <Button size="xs" variant="default" onClick={() => location.reload()}>
        {t('frame.reload')}
      </Button>
    </Stack>
  )
}
