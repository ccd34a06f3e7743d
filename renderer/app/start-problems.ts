import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAppInfo } from '../api/live.ts'
import { report } from './attempt.tsx'

/** Files that were damaged, and a core that had to be restarted, are told once and stay until they are closed. */
export function useStartProblems(): void {
  const { t } = useTranslation()
  const info = useAppInfo()
  useEffect(() => {
    for (const problem of info?.problems ?? []) report(problem, true)
    if (info?.restarted) notifications.show({ id: 'restarted', color: 'orange', message: t('connection.restarted'), autoClose: false })
  }, [info, t])
}
