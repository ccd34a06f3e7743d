let context: AudioContext | undefined
let quietUntil = 0

/** A short tone; a program that rings a thousand times a second is heard four times. */
export function ringBell(): void {
  context ??= new AudioContext()
  const now = context.currentTime
  if (now < quietUntil) return
  quietUntil = now + 0.25
  const tone = new OscillatorNode(context, { frequency: 880 })
  const volume = new GainNode(context, { gain: 0.08 })
  volume.gain.setTargetAtTime(0, now + 0.08, 0.02)
  tone.connect(volume).connect(context.destination)
  tone.start(now)
  tone.stop(now + 0.2)
}
