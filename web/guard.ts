import type { IncomingMessage } from 'node:http'
import type { SignIn } from './sign-in.ts'

export type Verdict =
  | { readonly kind: 'pass'; readonly pathname: string }
  | { readonly kind: 'signed-in'; readonly cookie: string }
  | { readonly kind: 'refuse'; readonly status: number; readonly why: string }

/**
 * Any page in the person's browser, and any name that resolves to 127.0.0.1, can send requests here. So only our own name is
 * served (DNS rebinding), only to our own page (cross-site requests and sockets), only with the cookie (other users of this machine).
 */
export function judge(request: IncomingMessage, origin: string, signIn: SignIn): Verdict {
  const { headers, method, url = '' } = request
  const upgrade = headers.upgrade !== undefined
  if (headers.host !== new URL(origin).host) return refuse(421, 'Mooring does not answer to this name.')
  if (headers.origin !== undefined && headers.origin !== origin) return refuse(403, 'Another site may not use Mooring.')
  if (upgrade && headers.origin === undefined) return refuse(403, 'Only the page that Mooring serves may connect.')
  if (!FROM_OURSELVES.has(headers['sec-fetch-site'])) return refuse(403, 'Another site may not use Mooring.')
  if (method !== 'GET' && !(method === 'HEAD' && !upgrade)) return refuse(405, 'Only GET is answered.')
  // `GET http://elsewhere/` and `GET *` are lawful HTTP, and never ours.
  if (!url.startsWith('/') || !URL.canParse(origin + url)) return refuse(400, 'Not a path.')

  const { pathname, searchParams } = new URL(origin + url)
  const token = searchParams.get('token')
  if (token !== null && !upgrade) {
    const cookie = method === 'GET' && pathname === '/' ? signIn.redeem(token) : undefined
    return cookie
      ? { kind: 'signed-in', cookie }
      : refuse(403, 'This address was good for one use. Mooring prints a new one when it starts.')
  }
  if (!signIn.knows(headers.cookie)) return refuse(401, 'Open Mooring with the address that it printed.')
  return { kind: 'pass', pathname }
}

/** Absent in what is not a browser, which then needs the cookie all the same; `none` is an address that the person typed or opened. */
const FROM_OURSELVES = new Set<unknown>([undefined, 'same-origin', 'none'])

function refuse(status: number, why: string): Verdict {
  return { kind: 'refuse', status, why }
}
