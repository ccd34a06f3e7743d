import { Button, Checkbox, Code, Group, Loader, Modal, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileEntry, FileListing } from '../../contract/models/file.ts'
import type { FileProgress } from '../../contract/models/file-operation.ts'
import { shownName } from '../../contract/shown-name.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatDateTime, formatNumber } from '../words/formats.ts'
import type { Place } from './actions.tsx'
import { bitsOf, modeChangeOf } from './mode-form.ts'
import { ModeInput } from './mode-input.tsx'
import { nameFor } from './order.ts'
import { numberFor } from './owner.ts'
import { joinPath } from './paths.ts'
import { formatSize } from './size.ts'
import { operate, useOperation } from './work.ts'

interface Props {
  readonly place: Place
  readonly listing: FileListing
  readonly entries: readonly FileEntry[]
  onClose(): void
}

const ALGORITHM = 'SHA-256'

/** What something is and whose, and the change of it: chmod and chown. */
export function PropertiesDialog({ place, listing, entries, onClose }: Props) {
  const { t } = useTranslation('files')
  const paths = entries.map(({ name }) => joinPath(place.path, name))
  const single = entries.length === 1 ? entries[0] : undefined
  const before = bitsOf(entries.map(({ mode = 0 }) => mode))
  const [bits, setBits] = useState(before)
  const [recursive, setRecursive] = useState(false)
  const same = <Key extends 'uid' | 'gid'>(key: Key) =>
    entries.every((entry) => entry[key] === entries[0]?.[key]) ? entries[0]?.[key] : undefined
  const [owner, setOwner] = useState(nameFor(same('uid'), listing.owners))
  const [group, setGroup] = useState(nameFor(same('gid'), listing.groups))
  const uid = numberFor(owner, listing.owners)
  const gid = numberFor(group, listing.groups)
  const folders = entries.some(({ kind }) => kind === 'folder')
  const links = entries.some(({ kind }) => kind === 'link')

  async function apply(event: FormEvent) {
    event.preventDefault()
    const mode = modeChangeOf(before, bits, recursive)
    const owned = uid !== undefined && gid !== undefined && (uid !== same('uid') || gid !== same('gid') || (recursive && owner !== ''))
    onClose()
    if (!mode && !owned) return
    await operate(place, { kind: 'change', paths, recursive, ...(mode && { mode }), ...(owned && { owner: { uid, gid } }) })
    place.refresh()
  }
  return (
    <Modal opened onClose={onClose} title={single ? shownName(single.name) : t('properties.several', { count: entries.length })} size="md">
      <form onSubmit={(event) => void apply(event)}>
        <Stack gap="sm">
          <Facts place={place} entries={entries} paths={paths} />
          {links && <Text size="sm">{t('properties.link')}</Text>}
          <ModeInput bits={bits} onChange={setBits} />
          <Group grow align="flex-start">
            <TextInput
              label={t('columns.owner')}
              value={owner}
              error={owner !== '' && uid === undefined && t('properties.unknown')}
              onChange={({ currentTarget }) => setOwner(currentTarget.value)}
              spellCheck={false}
            />
            <TextInput
              label={t('columns.group')}
              value={group}
              error={group !== '' && gid === undefined && t('properties.unknown')}
              onChange={({ currentTarget }) => setGroup(currentTarget.value)}
              spellCheck={false}
            />
          </Group>
          {folders && (
            <Checkbox
              label={t('properties.recursive')}
              description={t('properties.recursiveMeans')}
              checked={recursive}
              onChange={({ currentTarget }) => setRecursive(currentTarget.checked)}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" disabled={(owner !== '' && uid === undefined) || (group !== '' && gid === undefined)}>
              {t('properties.apply')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Facts({ place, entries, paths }: { readonly place: Place; readonly entries: readonly FileEntry[]; readonly paths: string[] }) {
  const { t, i18n } = useTranslation('files')
  const [counted, setCounted] = useState<FileProgress>()
  const [summed, setSummed] = useState<FileProgress>()
  const [sums, setSums] = useState(false)
  const single = entries.length === 1 ? entries[0] : undefined
  const path = paths[0] ?? ''
  useOperation(place, { kind: 'count', paths }, setCounted)
  useOperation(place, sums ? { kind: 'checksum', path } : undefined, setSummed)
  const { items = 0, bytes = 0 } = counted ?? {}
  return (
    <Stack gap={4}>
      <Fact label={t('properties.where')}>{shownName(place.path)}</Fact>
      {single?.link && <Fact label={t('properties.leadsTo')}>{shownName(single.link.target)}</Fact>}
      {single?.modified !== undefined && (
        <Fact label={t('columns.modified')}>{formatDateTime(new Date(single.modified * 1000).toISOString(), i18n.language)}</Fact>
      )}
      <Fact label={t('columns.size')}>
        <span role="status">
          {formatSize(bytes, i18n.language)}
          {(items > 1 || entries.length > 1) && ` · ${t('count', { count: items, number: formatNumber(items, i18n.language) })}`}
          {counted?.kind === 'working' && <Loader size={12} ml={6} />}
        </span>
      </Fact>
      {single?.kind === 'file' && (
        <Fact label={ALGORITHM}>
          {summed?.kind === 'done' ? (
            <Code style={{ overflowWrap: 'anywhere' }}>{summed.checksum}</Code>
          ) : (
            <Button size="compact-xs" variant="default" loading={sums && summed?.kind !== 'failed'} onClick={() => setSums(true)}>
              {t('properties.checksum')}
            </Button>
          )}
        </Fact>
      )}
      {[counted, summed].map(
        (progress) => progress?.kind === 'failed' && <ErrorMessage key={progress.error.code} error={progress.error} />,
      )}
    </Stack>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <Text size="sm" c="dimmed" w={110} style={{ flex: 'none' }}>
        {label}
      </Text>
      <Text size="sm" component="div" style={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {children}
      </Text>
    </Group>
  )
}
