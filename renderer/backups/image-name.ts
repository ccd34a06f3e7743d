/** EC2's rule for an AMI's name (CreateImage): other characters become a hyphen. */
export function imageNameFor(instance: string, at: Date): string {
  const stamp = at.toISOString().slice(0, 16).replace('T', ' ').replace(':', '.')
  const plain = instance.replaceAll(/[^\w()[\] ./\-'@]/g, '-').slice(0, 100)
  return `${plain} ${stamp}`
}

export function isImageName(name: string): boolean {
  return /^[\w()[\] ./\-'@]{3,128}$/.test(name)
}
