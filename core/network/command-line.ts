import { kebab, words } from '../changes/command-line.ts'
import { actionName, ipPermissions, ruleUpdate, type Step, tagSpecifications } from './step.ts'

/** The same call by the AWS CLI, to be pasted into a POSIX shell. */
export function commandLine(step: Step, { profile, region }: { readonly profile: string; readonly region: string }): string {
  const list = [
    'aws',
    'ec2',
    kebab(actionName(step)),
    '--profile',
    profile,
    '--region',
    region,
    '--group-id',
    step.groupId,
    ...specific(step),
  ]
  return words(list)
}

function specific(step: Step): readonly string[] {
  switch (step.kind) {
    case 'authorize': {
      const tags = step.mark === undefined ? [] : ['--tag-specifications', JSON.stringify(tagSpecifications(step.mark))]
      return ['--ip-permissions', JSON.stringify(ipPermissions(step.rules)), ...tags]
    }
    case 'modify':
      return ['--security-group-rules', JSON.stringify([ruleUpdate(step.ruleId, step.rule)])]
    case 'revoke':
      return ['--security-group-rule-ids', ...step.ruleIds]
  }
}
