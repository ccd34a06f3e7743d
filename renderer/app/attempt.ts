import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { toUserError } from '../api/client.ts'
import { errorSentence } from './error-words.ts'

/** Does what a button asks for. A failure is told as a notification, and the answer is then undefined; a cancel says nothing. */
export async function attempt<Value>(call: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await call()
  } catch (thrown) {
    const error = toUserError(thrown)
    if (error.code !== 'CANCELLED') {
      notifications.show({ color: 'red', message: errorSentence(error, i18next.t, i18next.language), autoClose: 10_000, role: 'alert' })
    }
    return undefined
  }
}
