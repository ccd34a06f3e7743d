import { isMeasure, measurePoints, type Statistic, statistics } from '../machines/measures.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'

/** CloudWatch, of which only what EC2 reports of its instances can be asked. */
export const cloudWatchActions: Readonly<Record<string, Action>> = { GetMetricData: getMetricData }

/** GetMetricData's quotas (API Reference). */
const MOST_QUERIES = 500
const MOST_POINTS = 100_800

function getMetricData({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const [from, to] = [Number(query.text('StartTime')), Number(query.text('EndTime'))]
  if (!(from < to)) throw invalid('The parameter StartTime must be less than the parameter EndTime.')
  const queries = query.structures('MetricDataQueries')
  if (queries.length === 0 || queries.length > MOST_QUERIES) throw invalid(`Between 1 and ${MOST_QUERIES} MetricDataQueries are allowed.`)
  const ids = new Set(queries.map((each) => each.text('Id')))
  if (ids.size < queries.length) throw invalid('The values for parameter id in MetricDataQueries are not unique.')
  let left = MOST_POINTS
  return {
    Messages: [],
    MetricDataResults: queries.map((each) => {
      const { id, name, statistic, period, instanceId } = readMetricQuery(each)
      const machine = fleet.machines.find(({ spec }) => spec.region === region && spec.instanceId === instanceId)
      const points = machine && isMeasure(name) ? measurePoints(machine, name, statistic, { from, to, period }) : []
      left -= points.length
      if (left < 0) throw invalid(`More than ${MOST_POINTS} datapoints were asked for.`)
      const ordered = query.text('ScanBy') === 'TimestampAscending' ? points : points.toReversed()
      return {
        Id: id,
        Label: name,
        StatusCode: 'Complete',
        Timestamps: ordered.map(({ at }) => at),
        Values: ordered.map(({ value }) => value),
      }
    }),
  }
}

/** `Id`: begins with a small letter, as the service insists. `Period`: seconds, a multiple of a minute. */
function readMetricQuery(query: Query) {
  const id = query.text('Id') ?? ''
  if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(id)) throw invalid(`The value '${id}' for parameter MetricDataQueries.member.Id is not matching.`)
  const period = Number(query.text('MetricStat.Period'))
  if (!Number.isInteger(period) || period < 60 || period % 60 !== 0) throw invalid('The parameter Period must be a multiple of 60.')
  const statistic = statistics.find((each): each is Statistic => each === query.text('MetricStat.Stat'))
  if (!statistic) throw invalid(`The parameter Stat must be one of ${statistics.join(', ')}.`)
  const ours = query.text('MetricStat.Metric.Namespace') === 'AWS/EC2'
  const [dimension] = query.structures('MetricStat.Metric.Dimensions')
  return {
    id,
    period,
    statistic,
    name: query.text('MetricStat.Metric.MetricName') ?? '',
    instanceId: ours && dimension?.text('Name') === 'InstanceId' ? dimension.text('Value') : undefined,
  }
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationError', message)
}
