/** Where the account may work, as of DescribeRegions. */
export const enabledRegions: readonly string[] = ['us-east-1', 'eu-west-1', 'sa-east-1']
/** Known to AWS, not opted into by the account. */
export const disabledRegions: readonly string[] = ['af-south-1', 'ap-east-1', 'eu-south-1', 'me-south-1']
