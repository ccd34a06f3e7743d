import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { UserErrorData } from '../../contract/errors.ts'
import { errorSentence } from '../app/error-words.ts'

/** What could not be asked, and what that means. */
export function RunProblems({ problems, text }: { readonly problems: readonly UserErrorData[]; readonly text?: string }) {
  const { t, i18n } = useTranslation(['fleet', 'errors'])
  return problems.map((problem) => (
    <Alert key={JSON.stringify(problem)} color="yellow" variant="light" p="xs">
      {text ?? t('noNumbers')} {errorSentence(problem, i18n.t, i18n.language)}
    </Alert>
  ))
}
