import { Checkbox, Table, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Bits, bitsFrom, octalOf, withBit } from './mode-form.ts'

interface Props {
  readonly bits: Bits
  onChange(bits: Bits): void
}

const WHO = ['user', 'group', 'others'] as const
const WHAT = ['read', 'write', 'execute'] as const
const SPECIAL = [
  ['setuid', 0o4000],
  ['setgid', 0o2000],
  ['sticky', 0o1000],
] as const

/** Permissions as boxes and as a number; a box is half ticked where entries differ. */
export function ModeInput({ bits, onChange }: Props) {
  const { t } = useTranslation('files')
  const [typed, setTyped] = useState<string>()
  const shown = typed ?? octalOf(bits)
  const box = (bit: number, label: string) => (
    <Checkbox
      size="xs"
      aria-label={label}
      checked={(bits.on & bit) !== 0}
      indeterminate={((bits.on | bits.off) & bit) === 0}
      onChange={({ currentTarget }) => {
        setTyped(undefined)
        onChange(withBit(bits, bit, currentTarget.checked))
      }}
    />
  )
  return (
    <>
      <Table withRowBorders={false} verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            {WHAT.map((what) => (
              <Table.Th key={what} fw={400}>
                {t(`mode.${what}`)}
              </Table.Th>
            ))}
            <Table.Th fw={400}>{t('mode.special')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {WHO.map((who, row) => (
            <Table.Tr key={who}>
              <Table.Th fw={400}>{t(`mode.${who}`)}</Table.Th>
              {WHAT.map((what, column) => (
                <Table.Td key={what}>{box(0o400 >> (row * 3 + column), `${t(`mode.${who}`)}: ${t(`mode.${what}`)}`)}</Table.Td>
              ))}
              <Table.Td title={SPECIAL[row]?.[0]}>{box(SPECIAL[row]?.[1] ?? 0, SPECIAL[row]?.[0] ?? '')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <TextInput
        label={t('mode.octal')}
        value={shown}
        placeholder={t('mode.differ')}
        error={typed !== undefined && typed !== '' && !bitsFrom(typed) && t('mode.notOctal')}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value)
          const next = bitsFrom(currentTarget.value)
          if (next) onChange(next)
        }}
        spellCheck={false}
      />
    </>
  )
}
