import type { UserErrorData } from '../../contract/errors.ts'
import type { AuditReport } from '../../contract/models/audit.ts'
import type { Place } from '../network/network-calls.ts'
import { UserError } from '../user-error.ts'
import type { AuditCalls, AuditFacts } from './audit-facts.ts'
import { findFaults } from './faults.ts'

/** As in the contract. */
export interface Audit {
  region(place: Place): Promise<AuditReport>
}

export function createAudit(calls: AuditCalls): Audit {
  return {
    async region(place) {
      const gaps: UserErrorData[] = []
      /** What may not be looked at is a gap; no answer at all is a failure of the whole. */
      async function look<Value>(answer: Promise<Value>): Promise<Value | undefined> {
        try {
          return await answer
        } catch (error) {
          if (!(error instanceof UserError) || (error.code !== 'AWS_NOT_ALLOWED' && error.code !== 'AWS_REFUSED')) throw error
          gaps.push(error.data)
          return undefined
        }
      }
      const [groups, rules, interfaces, instances, volumes] = await Promise.all([
        look(calls.groups(place)),
        look(calls.rules(place)),
        look(calls.interfaces(place)),
        look(calls.instances(place)),
        look(calls.volumes(place)),
      ])
      const facts: AuditFacts = { place, groups, rules, interfaces, instances, volumes }
      return { at: new Date().toISOString(), faults: [...findFaults(facts)], gaps }
    },
  }
}
