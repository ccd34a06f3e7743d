import { expect, test } from 'vitest'
import { metricsQuestion, toInput } from '../../../../core/aws/metrics/question.ts'
import { readMetrics } from '../../../../core/aws/metrics/read-metrics.ts'

const NOW = Date.parse('2026-11-29T12:34:56Z')
const at = (text: string) => new Date(text)
const asked = (type: string, detailed: boolean, ...span: readonly ['1h' | '6h' | '1d' | '1w' | '2w']) =>
  toInput(metricsQuestion({ type, detailed }, ...span, NOW), 'i-1')

test('a question ends with the last whole period, and asks for credits only where there are any', () => {
  const { StartTime, EndTime, ScanBy, MetricDataQueries = [] } = asked('t3.micro', false, '6h')
  expect([StartTime, EndTime, ScanBy]).toEqual([at('2026-11-29T06:30:00Z'), at('2026-11-29T12:30:00Z'), 'TimestampAscending'])
  expect(MetricDataQueries[0]?.MetricStat?.Metric).toEqual({
    Namespace: 'AWS/EC2',
    MetricName: 'CPUUtilization',
    Dimensions: [{ Name: 'InstanceId', Value: 'i-1' }],
  })
  expect(MetricDataQueries.map(({ MetricStat }) => `${MetricStat?.Metric?.MetricName} ${MetricStat?.Stat} ${MetricStat?.Period}`)).toEqual([
    'CPUUtilization Average 300',
    'CPUUtilization Maximum 300',
    'NetworkIn Sum 300',
    'NetworkOut Sum 300',
    'EBSReadBytes Sum 300',
    'EBSWriteBytes Sum 300',
    'CPUCreditBalance Average 300',
  ])
  expect(asked('r6i.large', false, '6h').MetricDataQueries).toHaveLength(6)
})

test('periods fit how often EC2 reports, and how far back is looked', () => {
  const periods = (detailed: boolean) =>
    (['1h', '6h', '1d', '1w', '2w'] as const).map((span) => {
      const { MetricDataQueries = [] } = asked('t3.micro', detailed, span)
      return [MetricDataQueries[0]?.MetricStat?.Period, MetricDataQueries.at(-1)?.MetricStat?.Period]
    })
  expect(periods(false)).toEqual([
    [300, 300],
    [300, 300],
    [300, 300],
    [3_600, 3_600],
    [3_600, 3_600],
  ])
  expect(periods(true)).toEqual([
    [60, 300],
    [60, 300],
    [300, 300],
    [3_600, 3_600],
    [3_600, 3_600],
  ])
})

test('sums become bytes a second, pieces of an answer one series, and what the instance does not have is left out', () => {
  const question = metricsQuestion({ type: 't2.small', detailed: false }, '1h', NOW)
  const [first, second] = [at('2026-11-29T11:30:00Z'), at('2026-11-29T11:35:00Z')]
  const { series, from, to } = readMetrics(question, [
    { Id: 'm0', Timestamps: [second], Values: [7] },
    { Id: 'm0', Timestamps: [first], Values: [3] },
    { Id: 'm2', Timestamps: [first, second], Values: [300_000, 600_000] },
    { Id: 'm4', Timestamps: [], Values: [] },
    { Id: 'not ours', Timestamps: [first], Values: [1] },
  ])
  expect([from, to]).toEqual([first.getTime(), first.getTime() + 3_600_000])
  const times = [first.getTime(), second.getTime()]
  expect(series).toEqual([
    { metric: 'cpu', unit: 'percent', periodSeconds: 300, points: [3, 7].map((value, index) => ({ at: times[index], value })) },
    {
      metric: 'network-in',
      unit: 'per-second',
      periodSeconds: 300,
      points: [1_000, 2_000].map((value, index) => ({ at: times[index], value })),
    },
  ])
})

test('figures that cannot be are no figures', () => {
  const question = metricsQuestion({ type: 'm6i.large', detailed: false }, '1h', NOW)
  const Timestamps = [at('2026-11-29T11:30:00Z'), at('not a time'), at('2026-11-29T11:40:00Z'), at('2026-11-29T11:45:00Z')]
  expect(readMetrics(question, [{ Id: 'm0', Timestamps, Values: [Number.NaN, 4, -1] }]).series).toEqual([])
})
