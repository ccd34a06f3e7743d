/** What an AWS service answers instead of a result. */
export class AwsError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message?: string, status?: number) {
    super(message ?? knownErrors[code]?.message ?? 'The request could not be served.')
    this.code = code
    this.status = status ?? knownErrors[code]?.status ?? 400
  }
}

/** AWS's own sentences and status codes (EC2 API Reference, "Error codes"). */
const knownErrors: Readonly<Record<string, { readonly message: string; readonly status: number }>> = {
  AuthFailure: { message: 'AWS was not able to validate the provided access credentials', status: 401 },
  InvalidClientTokenId: { message: 'The security token included in the request is invalid.', status: 403 },
  SignatureDoesNotMatch: {
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
    status: 403,
  },
  MissingAuthenticationToken: { message: 'Request is missing Authentication Token', status: 403 },
  RequestExpired: { message: 'Request has expired.', status: 400 },
  ExpiredToken: { message: 'The security token included in the request is expired', status: 403 },
  UnauthorizedOperation: { message: 'You are not authorized to perform this operation.', status: 403 },
  AccessDenied: { message: 'User is not authorized to perform this operation.', status: 403 },
  OptInRequired: {
    message: 'You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.',
    status: 401,
  },
  RequestLimitExceeded: { message: 'Request limit exceeded.', status: 503 },
  InternalError: { message: 'An internal error has occurred', status: 500 },
  Unavailable: { message: 'The service is unavailable. Please try again shortly.', status: 503 },
  InsufficientInstanceCapacity: {
    message: 'We currently do not have sufficient capacity in the Availability Zone you requested.',
    status: 500,
  },
  RulesPerSecurityGroupLimitExceeded: { message: 'The maximum number of rules per security group has been reached.', status: 400 },
  DryRunOperation: { message: 'Request would have succeeded, but DryRun flag is set.', status: 412 },
}
