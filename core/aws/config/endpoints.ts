import type { Section } from './config-files.ts'

export type Service = 'cloudwatch' | 'dlm' | 'ec2' | 'ec2_instance_connect' | 'pricing' | 'rds' | 'ssm' | 'sso' | 'sso_oidc' | 'sts'

/**
 * Where a service is, when it is not at AWS: variables before files, one service's before all services', as the SDK decides
 * it. Decided here because the SDK would look into this process's environment and files only, and profiles come from several.
 */
export function endpointFor(
  service: Service,
  section: Section,
  services: ReadonlyMap<string, Section>,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (environment.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true' || section.ignore_configured_endpoint_urls === 'true') return undefined
  const ownServices = services.get(section.services ?? '')
  return (
    environment[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ||
    environment.AWS_ENDPOINT_URL ||
    ownServices?.[`${service}.endpoint_url`] ||
    section.endpoint_url ||
    undefined
  )
}
