import type { InstanceRef } from '../../contract/models/instance.ts'
import type { MetricSpan } from '../../contract/models/metrics.ts'
import { query } from '../api/client.ts'

/** EC2 reports every five minutes, and AWS charges for each look: what was asked stands for as long. */
const FRESH_MS = 5 * 60_000

export function metricsOptions(ref: InstanceRef, span: MetricSpan) {
  return query.instances.metrics.queryOptions({ input: { ref, span }, staleTime: FRESH_MS, retry: false })
}
