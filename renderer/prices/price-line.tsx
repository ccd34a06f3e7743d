import { Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { HOURS_A_MONTH, type MonthPrice, type PriceWish } from '../../contract/models/price.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { errorSentence } from '../app/error-words.ts'
import { formatMoney, formatNumber } from '../words/formats.ts'
import { hintsOf } from './hints.ts'

/** What it costs a month, where that can be known; asked again when `asOf` is another. It is a help, not what the place is for: a failure is told quietly. */
export function PriceLine({ wish, asOf }: { readonly wish: PriceWish; readonly asOf?: string | undefined }) {
  const { t, i18n } = useTranslation(['instance', 'errors'])
  const { data, error } = useQuery({ ...askedAgainWhen(query.instances.price.queryOptions({ input: wish }), asOf), retry: false })
  if (error) return <Quiet text={t('price.failed', { why: errorSentence(toUserError(error), i18n.t, i18n.language) })} />
  if (!data) return <Skeleton height={18} role="status" aria-label={t('price.loading')} />
  if (data.kind === 'unknown') return <Quiet text={t(`price.${data.reason}`, { type: data.type })} />
  if (data.kind === 'disk') {
    const { month, currency, sizeGiB, type } = data
    const price = formatMoney(month, currency, i18n.language)
    return <Text size="sm">{t('price.disk', { price, type, size: formatNumber(sizeGiB, i18n.language) })}</Text>
  }
  return <Known price={data} />
}

function Known({ price }: { readonly price: Extract<MonthPrice, { kind: 'known' }> }) {
  const { t, i18n } = useTranslation('instance')
  const money = (amount: number) => formatMoney(amount, price.currency, i18n.language)
  const { disks } = price
  return (
    <Stack gap={2} mt="xs">
      <Text size="sm">{t('price.month', { price: money(price.month), system: price.system, hours: HOURS_A_MONTH })}</Text>
      {disks && <Text size="sm">{t('price.disks', { price: money(disks.month), size: formatNumber(disks.sizeGiB, i18n.language) })}</Text>}
      {hintsOf(price).map((hint) => (
        <Quiet key={hint} text={t(`price.${hint}`)} />
      ))}
    </Stack>
  )
}

function Quiet({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed">
      {text}
    </Text>
  )
}
