/** Numbers, dates and lists as the language writes them. `language` is i18next's. */

export function formatDateTime(iso: string, language: string): string {
  return dateTimes(language).format(new Date(iso))
}

/** With its time zone: for what somebody else will do, which may be read by people elsewhere. */
export function formatZoned(iso: string, language: string): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const
  return new Intl.DateTimeFormat(language, parts).format(new Date(iso))
}

/** Making a format costs more than everything else about a row. */
function once<Format>(make: (language: string) => Format): (language: string) => Format {
  const made = new Map<string, Format>()
  return (language) => {
    const format = made.get(language) ?? make(language)
    made.set(language, format)
    return format
  }
}
const dateTimes = once((language) => new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }))
const numbers = once((language) => new Intl.NumberFormat(language))

/** The time alone for today, with its day otherwise: what "as of" needs. */
export function formatMoment(iso: string, language: string, now = new Date()): string {
  const at = new Date(iso)
  const today = at.toDateString() === now.toDateString()
  return new Intl.DateTimeFormat(language, today ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' }).format(at)
}

const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
] as const

/** "in 5 hours", "12 days ago". */
export function formatDistance(iso: string, language: string, now = Date.now()): string {
  const distance = new Date(iso).getTime() - now
  const { unit, ms } = UNITS.find((candidate) => Math.abs(distance) >= candidate.ms) ?? UNITS[2]
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(distance / ms), unit)
}

export function formatNumber(value: number, language: string): string {
  return numbers(language).format(value)
}

/** "$30.37", "30,37 US$"; `currency`: ISO 4217. */
export function formatMoney(amount: number, currency: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount)
}

/** 0.314 as "31 %". */
export function formatShare(value: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(value)
}

/** "14 ms", "0.8 ms". */
export function formatMilliseconds(value: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'millisecond', maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)
}

export function formatList(items: readonly string[], language: string, type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(language, { type }).format(items)
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** "412 kB", "1.3 GB": thousands, as disks and networks are sold. */
export function formatBytes(bytes: number, language: string): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  const value = bytes / 1000 ** power
  const unitDisplay = power === 0 ? 'long' : 'short'
  const format = {
    style: 'unit',
    unitDisplay,
    unit: BYTE_UNITS[power] ?? 'byte',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  } as const
  return new Intl.NumberFormat(language, format).format(value)
}

/** "12 sec", "3 min", "1.5 hr": one unit, for what is only known about. */
export function formatDuration(seconds: number, language: string): string {
  const [unit, value] =
    seconds < 99.5
      ? (['second', seconds] as const)
      : seconds < 5_400
        ? (['minute', seconds / 60] as const)
        : (['hour', seconds / 3600] as const)
  const digits = unit === 'hour' || value < 10 ? 1 : 0
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(value)
}
