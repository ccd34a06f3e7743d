import { Alert, Group } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { StepButtons } from './attempt.tsx'
import { errorSentence } from './error-words.ts'
import { nextSteps } from './next-steps.ts'

interface Props {
  readonly error: UserErrorData
  /** The instance it is about: then it can be started from here. */
  readonly instance?: InstanceRef | undefined
  readonly onRetry?: (() => void) | undefined
  /** Further buttons of the place where it is shown. */
  readonly children?: ReactNode
}

/** Nothing went wrong. */
const QUIET = new Set<UserErrorData['code']>(['CANCELLED', 'APP_WAS_CLOSED'])

/** An error as a sentence, with the buttons that do what it says. */
export function ErrorMessage({ error, instance, onRetry, children }: Props) {
  const { t, i18n } = useTranslation()
  const steps = nextSteps(error, instance, onRetry)
  return (
    <Alert color={QUIET.has(error.code) ? 'gray' : 'red'} variant="light" icon={<IconAlertTriangle />} role="alert" p="xs">
      {errorSentence(error, t, i18n.language)}
      {(steps.length > 0 || children) && (
        <Group gap="xs" mt="xs">
          <StepButtons steps={steps} />
          {children}
        </Group>
      )}
    </Alert>
  )
}
