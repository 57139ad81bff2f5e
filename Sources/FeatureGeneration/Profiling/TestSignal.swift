import Glibc

/// A signal that suits a block, the same in every run: what `edgedsp bench` computes features of.
enum TestSignal: String, Sendable, Codable {
  /// Speech-like tones, noise and pauses in units of 16 bits.
  case audio
  /// Gravity and movements of several frequencies, in m/s².
  case motion
  /// Smooth pictures with noise, packed as 0xRRGGBB.
  case pixels

  /// Pictures for image input; audio for what has one axis and at least 4 kHz; motion for everything else.
  init(_ shape: InputBlock.Kind, frequency: Double, axes: [String]) {
    if case .image = shape {
      self = .pixels
    } else {
      self = axes == ["audio"] || (axes.count == 1 && frequency >= 4000) ? .audio : .motion
    }
  }

  /// `rows` rows of `axes` values.
  func values(rows: Int, axes: Int, frequency: Double) -> [Double] {
    var random = SplitMix64(seed: 20_240_607)
    return switch self {
    case .audio: Self.audio(rows: rows, axes: axes, frequency: frequency, &random)
    case .motion: Self.motion(rows: rows, axes: axes, frequency: frequency, &random)
    case .pixels: Self.pixels(rows: rows, &random)
    }
  }

  /// Scenes of 2 s: voice, white noise, bursts, near silence.
  private static func audio(
    rows: Int, axes: Int, frequency: Double, _ random: inout SplitMix64
  ) -> [Double] {
    let scene = max(1, Int(min(2 * frequency, Double(Int32.max))))
    var values: [Double] = []
    values.reserveCapacity(rows * axes)
    var pitch = 150.0
    for row in 0..<rows {
      if row % scene == 0 { pitch = 90 + 210 * random.unit() }
      let time = Double(row) / frequency
      let place = Double(row % scene) / Double(scene)
      for _ in 0..<axes {
        let noise = random.normal()
        let value: Double
        switch row / scene % 4 {
        case 0:
          let tone = (1...6).reduce(0.0) { $0 + sin(2 * .pi * pitch * Double($1) * time) / Double($1) }
          value = 2500 * tone * (0.55 + 0.45 * sin(8 * .pi * time)) + 60 * noise
        case 1: value = 1500 * noise
        case 2: value = 200 * noise + 26_000 * exp(-40 * (place * 10).truncatingRemainder(dividingBy: 1))
        default: value = 8 * noise
        }
        values.append(max(-32768, min(32767, value.rounded())))
      }
    }
    return values
  }

  /// Scenes of 10 s, every fourth of them at rest; sensors hand out Float.
  private static func motion(
    rows: Int, axes: Int, frequency: Double, _ random: inout SplitMix64
  ) -> [Double] {
    let scene = max(1, Int(min(10 * frequency, Double(Int32.max))))
    var values: [Double] = []
    values.reserveCapacity(rows * axes)
    var movement = [(amplitude: Double, frequency: Double, phase: Double)](repeating: (0, 1, 0), count: axes)
    for row in 0..<rows {
      let isAtRest = row / scene % 4 == 3
      if row % scene == 0 {
        for axis in 0..<axes {
          movement[axis] = (
            isAtRest ? 0.02 : 0.5 + 7.5 * random.unit(), (0.4 + 3.1 * random.unit()) / 62.5 * frequency,
            2 * .pi * random.unit()
          )
        }
      }
      let time = Double(row) / frequency
      for axis in 0..<axes {
        let (amplitude, rate, phase) = movement[axis]
        let gravity = axis == axes - 1 ? 9.81 : 0
        let wave = sin(2 * .pi * rate * time + phase) + 0.3 * sin(5.4 * .pi * rate * time + 2 * phase)
        values.append(Double(Float(gravity + amplitude * wave + (isAtRest ? 0.03 : 0.35) * random.normal())))
      }
    }
    return values
  }

  private static func pixels(rows: Int, _ random: inout SplitMix64) -> [Double] {
    (0..<rows).map { row in
      let shade = 127.5 + 90 * sin(Double(row) / 977)
      return (0..<3).reduce(0.0) { pixel, _ in
        pixel * 256 + max(0, min(255, (shade + 12 * random.normal()).rounded()))
      }
    }
  }
}

/// SplitMix64 (G. Steele, D. Lea, C. Flood, 2014): the same numbers everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Even between 0 and 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// About normal, with mean 0 and deviation 1: the sum of twelve even numbers.
  mutating func normal() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + unit() } }
}
