import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import { toUserError } from '../api/client.ts'
import { errorSentence } from './error-words.ts'
import { nextSteps, type Step } from './next-steps.ts'

/** Does what a button asks for. A failure is told as a notification, and the answer is then undefined; a cancel says nothing. */
export async function attempt<Value>(call: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await call()
  } catch (thrown) {
    report(toUserError(thrown))
    return undefined
  }
}

/** `stays`: until the person has closed it. */
export function report(error: UserErrorData, stays = false): void {
  if (error.code === 'CANCELLED') return
  const id = JSON.stringify(error)
  notifications.show({
    id,
    color: 'red',
    role: 'alert',
    autoClose: stays ? false : 12_000,
    message: <Notice error={error} onDone={() => notifications.hide(id)} />,
  })
}

function Notice({ error, onDone }: { readonly error: UserErrorData; readonly onDone: () => void }) {
  const { t, i18n } = useTranslation()
  const steps = nextSteps(error)
  return (
    <>
      {errorSentence(error, t, i18n.language)}
      {steps.length > 0 && (
        <Group gap="xs" mt="xs" onClick={onDone}>
          <StepButtons steps={steps} />
        </Group>
      )}
    </>
  )
}

/** What an error's sentence says to do, as buttons that do it. */
export function StepButtons({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation()
  return steps.map(({ label, act }) => (
    <Button key={label} size="compact-sm" variant="default" onClick={() => void attempt(async () => act())}>
      {t(`next.${label}`)}
    </Button>
  ))
}
