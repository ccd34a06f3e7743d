const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

/** "94 B", "1.8 kB", "3 GB": thousands, as disks are sold and `ls --si` counts. */
export function formatSize(bytes: number, language: string): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  const key = `${language} ${power} ${value < 10 && power > 0}`
  let format = formats.get(key)
  if (!format) {
    const digits = value < 10 && power > 0 ? 1 : 0
    const unitDisplay = power === 0 ? 'narrow' : 'short'
    format = new Intl.NumberFormat(language, { style: 'unit', unit: UNITS[power] ?? 'byte', unitDisplay, maximumFractionDigits: digits })
    formats.set(key, format)
  }
  return format.format(value)
}

/** Making one costs more than everything else about a row. */
const formats = new Map<string, Intl.NumberFormat>()
