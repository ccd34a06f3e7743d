import { Button, Code, Group, Modal, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyFileName } from '../../contract/models/key.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { copyText } from '../terminal/clipboard.ts'

interface Props {
  onClose(): void
  onMade(): void
}

/** A new key pair in ~/.ssh, and then its public half to give away. */
export function MakeKey({ onClose, onMade }: Props) {
  const { t } = useTranslation(['ssh', 'auth'])
  const [made, setMade] = useState<{ path: string; publicKey: string }>()
  const [working, setWorking] = useState(false)
  const form = useForm({
    initialValues: { type: 'ed25519', format: 'openssh', name: 'id_ed25519', comment: '', passphrase: '', again: '' },
    validate: {
      name: (name) => (keyFileName.safeParse(name.trim()).success ? undefined : t('makeKey.badName')),
      again: (again, { passphrase }) => (again === passphrase ? undefined : t('makeKey.notSame')),
    },
  })

  async function make({ type, format, name, comment, passphrase }: typeof form.values) {
    setWorking(true)
    const done = await attempt(() =>
      api.keys.generate({
        type: type === 'rsa' ? 'rsa' : 'ed25519',
        format: format === 'putty' ? 'putty' : 'openssh',
        name: name.trim(),
        comment: comment.trim(),
        ...(passphrase && { passphrase }),
      }),
    )
    setWorking(false)
    if (!done) return
    setMade(done)
    onMade()
  }

  return (
    <Modal opened onClose={onClose} title={t('makeKey.title')}>
      {made ? (
        <Stack gap="sm">
          <Text size="sm">{t('makeKey.made', { path: made.path })}</Text>
          <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {made.publicKey}
          </Code>
          <Group justify="flex-end">
            <Button variant="default" leftSection={<IconCopy size={15} />} onClick={() => void copyText(made.publicKey)}>
              {t('makeKey.copy')}
            </Button>
            <Button onClick={onClose}>{t('makeKey.close')}</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={form.onSubmit((values) => void make(values))}>
          <Stack gap="sm">
            <SegmentedControl
              aria-label={t('makeKey.type')}
              data={[
                { value: 'ed25519', label: 'Ed25519' },
                { value: 'rsa', label: 'RSA 3072' },
              ]}
              {...form.getInputProps('type')}
            />
            <SegmentedControl
              aria-label={t('auth:makeKey.format')}
              data={[
                { value: 'openssh', label: t('auth:makeKey.openssh') },
                { value: 'putty', label: t('auth:makeKey.putty') },
              ]}
              {...form.getInputProps('format')}
            />
            <TextInput label={t('makeKey.name')} description={t('makeKey.nameHint')} data-autofocus {...form.getInputProps('name')} />
            <TextInput label={t('makeKey.comment')} maxLength={200} {...form.getInputProps('comment')} />
            <PasswordInput
              label={t('makeKey.passphrase')}
              description={t('makeKey.passphraseHint')}
              {...form.getInputProps('passphrase')}
            />
            <PasswordInput label={t('makeKey.again')} {...form.getInputProps('again')} />
            <Group justify="flex-end">
              <Button type="submit" loading={working}>
                {t('makeKey.do')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}
