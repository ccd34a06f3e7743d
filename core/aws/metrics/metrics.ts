import type { Instance } from '@aws-sdk/client-ec2'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { InstanceMetrics, MetricSpan } from '../../../contract/models/metrics.ts'
import type { Clients } from '../clients.ts'
import { describeOne } from '../instances/describe-one.ts'
import { allPages } from '../network/pages.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { judgeIdle } from './idle.ts'
import { metricsQuestion, toInput } from './question.ts'
import { readMetrics } from './read-metrics.ts'

/** As in the contract. */
export interface Metrics {
  of(ref: InstanceRef, span: MetricSpan): Promise<InstanceMetrics>
}

export function createMetrics(profiles: Profiles, clients: Clients): Metrics {
  return {
    async of(ref, span) {
      const place = { profile: profiles.open(ref.profile), region: ref.region }
      const { instance } = await describeOne(clients, place, ref.instanceId)
      const question = metricsQuestion({ type: instance.InstanceType ?? '', detailed: isDetailed(instance) }, span, Date.now())
      const input = toInput(question, ref.instanceId)
      // All of it fits into one answer; CloudWatch may still give a part, and a token for the rest.
      const results = await allPages(async ({ NextToken }) => {
        const answer = await clients.cloudWatch(place, 'GetMetricData', (cloudWatch, options) =>
          cloudWatch.getMetricData({ ...input, ...(NextToken ? { NextToken } : {}) }, options),
        )
        return { items: answer.MetricDataResults, next: answer.NextToken }
      })
      const metrics = readMetrics(question, results)
      return span === '2w' ? { ...metrics, idle: judgeIdle(metrics.series, metrics.to) } : metrics
    },
  }
}

function isDetailed({ Monitoring }: Instance): boolean {
  return Monitoring?.State === 'enabled'
}
