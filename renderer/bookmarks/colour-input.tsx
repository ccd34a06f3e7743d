import { ColorSwatch, Group, Input, Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Bookmark, bookmarkColours } from '../../contract/models/bookmark.ts'
import { colourVariable } from './colours.ts'

interface Props {
  readonly label: string
  readonly value?: Bookmark['colour']
  onChange(value: string): void
}

export function ColourInput({ label, value = 'none', onChange }: Props) {
  const { t } = useTranslation('bookmarks')
  return (
    <Radio.Group label={label} value={value} onChange={onChange}>
      <Group gap="md" mt={4}>
        {bookmarkColours.map((colour) => (
          <Group key={colour} gap={6} wrap="nowrap">
            <Radio value={colour} size="xs" aria-label={t(`colours.${colour}`)} title={t(`colours.${colour}`)} />
            {colour === 'none' ? (
              <Input.Label component="span" fw={400}>
                {t('colours.none')}
              </Input.Label>
            ) : (
              <ColorSwatch color={colourVariable(colour) ?? ''} size={14} withShadow={false} />
            )}
          </Group>
        ))}
      </Group>
    </Radio.Group>
  )
}
