/** A query's options such that it is asked again whenever one of `when` is another than before. */
export function askedAgainWhen<Options extends { readonly queryKey: readonly unknown[] }>(
  options: Options,
  ...when: readonly unknown[]
): Options {
  return { ...options, queryKey: [...options.queryKey, ...when] } as Options
}
