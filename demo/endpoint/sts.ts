import type { Action } from './action.ts'

export const stsActions: Readonly<Record<string, Action>> = {
  GetCallerIdentity: ({ fleet }) => ({
    Arn: `arn:aws:iam::${fleet.accountId}:user/practice`,
    UserId: 'AIDAPRACTICECLOUD001X',
    Account: fleet.accountId,
  }),
}
