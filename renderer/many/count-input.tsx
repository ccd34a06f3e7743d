import { NumberInput, type NumberInputProps } from '@mantine/core'

interface Props extends Pick<NumberInputProps, 'label' | 'size' | 'w' | 'max'> {
  readonly value: number
  onChange(value: number): void
}

/** One at least; what is not a number yet changes nothing. */
export function CountInput({ onChange, ...props }: Props) {
  return (
    <NumberInput
      min={1}
      clampBehavior="strict"
      allowDecimal={false}
      {...props}
      onChange={(value) => typeof value === 'number' && value >= 1 && onChange(value)}
    />
  )
}
