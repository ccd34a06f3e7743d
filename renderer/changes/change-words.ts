import { useTranslation } from 'react-i18next'
import type { ChangeState, ChangeTarget } from '../../contract/models/change.ts'
import { errorSentence } from '../app/error-words.ts'
import { formatList } from '../words/formats.ts'

/** How far a change is, in a sentence; and how far one of its targets is. */
export function useChangeWords() {
  const { t, i18n } = useTranslation(['instance', 'errors'])
  return {
    change({ kind, targets, over }: ChangeState): string {
      const names = formatList(targets.map(({ name }) => name).slice(0, 3), i18n.language)
      const failed = targets.filter(({ phase }) => phase === 'failed').length
      const done = targets.filter(({ phase }) => phase === 'done').length
      const said = { names, count: targets.length, done, failed }
      if (!over) return t(`under.${kind}`, said)
      if (targets.some(({ phase }) => phase === 'interrupted')) return t('interrupted', said)
      if (failed > 0) return t(targets.length === 1 ? `failed.${kind}` : 'failedSome', said)
      return t(done === targets.length ? `done.${kind}` : 'leftSome', said)
    },
    target({ phase, waitsFor, error }: ChangeTarget): string {
      if (phase === 'failed') return error ? errorSentence(error, i18n.t, i18n.language) : t('phase.failed')
      return phase === 'waiting' && waitsFor ? t(`waits.${waitsFor}`) : t(`phase.${phase}`)
    },
  }
}
