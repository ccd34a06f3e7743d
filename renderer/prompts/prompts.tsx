import { Modal, Stack, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer, Prompt } from '../../contract/models/prompt.ts'
import { api } from '../api/client.ts'
import { useLive, usePrompts } from '../api/live.ts'
import { useShell } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { isAskedHere } from '../app-windows/asked-here.ts'
import { FixKeyMode } from './fix-key-mode.tsx'
import { KeyboardInteractive } from './keyboard-interactive.tsx'
import { NewPassword } from './new-password.tsx'
import { OpenForwards } from './open-forwards.tsx'
import { RunCommand } from './run-command.tsx'
import { SecretPrompt } from './secret-prompt.tsx'
import { SsoPrompt } from './sso-prompt.tsx'
import { TransferConflict } from './transfer-conflict.tsx'
import { TransferTar } from './transfer-tar.tsx'
import { TrustHostKey } from './trust-host-key.tsx'

const WIDE = new Set<Prompt['question']['kind']>(['trust-host-key', 'transfer-conflict'])

export type GiveAnswer = (answer: Answer) => void

/** The core's questions, one at a time, oldest first. Escape and the cross cancel, which is an answer. */
export function Prompts() {
  const { t } = useTranslation()
  const dialogOpen = useShell((shell) => shell.dialog !== undefined)
  const terminals = useLive((live) => live.terminals)
  const appWindows = useLive((live) => live.appWindows)
  const [first, ...waiting] = usePrompts().filter((prompt) => isAskedHere(prompt, { terminals, appWindows }))
  if (!first) return undefined
  const give: GiveAnswer = (answer) => void attempt(() => api.prompts.answer({ id: first.id, answer }))
  return (
    <Modal
      key={first.id}
      opened
      onClose={() => give({ kind: 'cancel' })}
      closeOnClickOutside={false}
      // A dialog that was opened from here is closed first.
      closeOnEscape={!dialogOpen}
      title={title(first, t)}
      size={WIDE.has(first.question.kind) ? 'lg' : 'md'}
      returnFocus
    >
      <Stack gap="sm">
        <Form prompt={first} give={give} />
        {waiting.length > 0 && (
          <Text size="xs" c="dimmed" role="status">
            {t('prompts.waiting', { count: waiting.length })}
          </Text>
        )}
      </Stack>
    </Modal>
  )
}

function title({ question }: Prompt, t: TFunction): string {
  switch (question.kind) {
    case 'trust-host-key':
      return t('prompts.trust-host-key.title')
    case 'passphrase':
      return t('prompts.passphrase.title', { label: question.label })
    case 'password':
      return t('prompts.password.title', { user: question.user, host: question.host })
    case 'new-password':
      return t('prompts.new-password.title', { user: question.user, host: question.host })
    case 'keyboard-interactive':
      return t('prompts.keyboard-interactive.title', { user: question.user, host: question.host })
    case 'fix-key-mode':
      return t('prompts.fix-key-mode.title', { label: question.label })
    case 'run-command':
      return t('prompts.run-command.title')
    case 'open-forwards':
      return t('prompts.open-forwards.title', { host: question.host })
    case 'mfa-code':
      return t('prompts.mfa-code.title', { profile: question.profile })
    case 'sso':
      return t('prompts.sso.title', { profile: question.profile })
    case 'transfer-conflict':
      return t('prompts.transfer-conflict.title', { name: question.name })
    case 'transfer-tar':
      return t('prompts.transfer-tar.title', { name: question.name })
  }
}

function Form({ prompt: { question }, give }: { readonly prompt: Prompt; readonly give: GiveAnswer }): ReactNode {
  const { t } = useTranslation()
  switch (question.kind) {
    case 'trust-host-key':
      return <TrustHostKey question={question} give={give} />
    case 'passphrase':
      return (
        <SecretPrompt
          label={t('prompts.passphrase.label')}
          description={question.fingerprint}
          error={question.again ? t('prompts.passphrase.again') : undefined}
          canRemember={question.canRemember}
          give={give}
        />
      )
    case 'password':
      return (
        <SecretPrompt
          label={t('prompts.password.label')}
          description={question.because && t(`prompts.because.${question.because}`)}
          error={question.again ? t('prompts.password.again') : undefined}
          canRemember={question.canRemember}
          give={give}
        />
      )
    case 'mfa-code':
      return (
        <SecretPrompt
          label={t('prompts.mfa-code.label', { serial: question.serial })}
          error={question.again ? t('prompts.mfa-code.again') : undefined}
          visible
          give={give}
        />
      )
    case 'new-password':
      return <NewPassword question={question} give={give} />
    case 'keyboard-interactive':
      return <KeyboardInteractive question={question} give={give} />
    case 'fix-key-mode':
      return <FixKeyMode question={question} give={give} />
    case 'run-command':
      return <RunCommand question={question} give={give} />
    case 'open-forwards':
      return <OpenForwards question={question} give={give} />
    case 'sso':
      return <SsoPrompt question={question} give={give} />
    case 'transfer-conflict':
      return <TransferConflict question={question} give={give} />
    case 'transfer-tar':
      return <TransferTar question={question} give={give} />
  }
}
