/** What would be a secret in a file: names of passwords with a value, keys of AWS and others by their form, headers that log in. */
const SIGNS = [
  /(pass(wd|word|phrase)?|secret|token|api[-_]?key|access[-_]?key|credential|private[-_]?key)[\w-]*\s*[=:]\s*\S/i,
  /--?(pass(wd|word|phrase)?|secret|token|api-?key|secret-string|plaintext)[\w-]*[ =]\s*\S/i,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\b(ghp|gho|ghs|ghu|github_pat|glpat|xox[abprs]|sk|pk|rk)[-_][\w-]{16,}/,
  /-----BEGIN /,
  /\bBearer\s+\S/i,
  /\b(Basic|Authorization:)\s+\S/i,
  /:\/\/[^\s/:@]+:[^\s/@]+@/, // user:password@ in an address
  /\bmysql\w*\b.*\s-p\S/, // -pPASSWORD
  /\b(sshpass|curl|wget)\b.*\s-(p|u)\s?\S+:?\S/,
  /\b(chpasswd|htpasswd\s+-\w*b\w*)\b/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}/, // a JSON web token
]

/** Whether a command may have a secret in it. Rather once too often: what is not kept is typed again. Pure. */
export function looksSecret(command: string): boolean {
  return SIGNS.some((sign) => sign.test(command))
}
