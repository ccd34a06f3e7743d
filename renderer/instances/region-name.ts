import { useTranslation } from 'react-i18next'

/** AWS's own name of a region's place, where it is known. */
export function useRegionName(): (region: string) => string {
  const { t } = useTranslation()
  const names = t('regions', { returnObjects: true }) as Readonly<Record<string, string>>
  return (region) => names[region] ?? ''
}
