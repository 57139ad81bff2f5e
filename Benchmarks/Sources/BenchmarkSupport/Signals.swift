import Glibc

/// The recordings behind the workloads: 600 s each, the same in every run.
public enum Signals {
  /// 37,500 rows of three axes at 62.5 Hz in m/s², as Float: every 10 s another movement, every fourth rest.
  public static func accelerometer() -> [Double] {
    var random = Generator(state: 20_240_607)
    let rows = 37_500
    var values = [Double](repeating: 0, count: rows * 3)
    for start in stride(from: 0, to: rows, by: 625) {
      let isAtRest = start / 625 % 4 == 0
      for axis in 0..<3 {
        let amplitude = isAtRest ? 0.02 : random.unit(0.5, 8)
        let frequency = isAtRest ? 1 : random.unit(0.4, 3.5)
        let phase = random.unit(0, 2 * .pi)
        for row in start..<min(rows, start + 625) {
          let time = Double(row) / 62.5
          let wave =
            sin(2 * .pi * frequency * time + phase) + 0.3 * sin(5.4 * .pi * frequency * time + 2 * phase)
          let value = (axis == 2 ? 9.81 : 0) + amplitude * wave + (isAtRest ? 0.03 : 0.35) * random.normal()
          values[row * 3 + axis] = Double(Float(value))
        }
      }
    }
    return values
  }

  /// 9,600,000 values at 16 kHz in units of 16 bits: every 2 s near silence, brown noise, a voice, a sweep, white
  /// noise, or bursts.
  public static func audio() -> [Double] {
    var random = Generator(state: 20_240_608)
    let scene = 32_000
    var values: [Double] = []
    values.reserveCapacity(300 * scene)
    for _ in 0..<300 {
      let kind = Int(random.next() % 6)
      let pitch = random.unit(90, 300)
      let (low, high) = (random.unit(100, 500), random.unit(3000, 7500))
      var brown = 0.0
      for index in 0..<scene {
        let time = Double(index) / 16_000
        let noise = random.normal()
        var value: Double
        switch kind {
        case 0: value = 8 * noise
        case 1:
          brown = 0.999 * brown + noise
          value = 40 * brown + 100 * noise
        case 2:
          value = 0
          for harmonic in 1..<12 { value += sin(2 * .pi * pitch * Double(harmonic) * time) / Double(harmonic) }
          value = 2500 * value * (0.55 + 0.45 * sin(8 * .pi * time)) + 60 * noise
        case 3: value = 6000 * sin(2 * .pi * (low * time + (high - low) * time * time / 4)) + 40 * noise
        case 4: value = 1500 * noise
        default: value = 200 * noise + 26_000 * exp(-Double(index % 800) / 40)
        }
        values.append(max(-32768, min(32767, value.rounded())))
      }
    }
    return values
  }
}

/// SplitMix64.
struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func unit(_ low: Double, _ high: Double) -> Double { low + (high - low) * Double(next() >> 11) * 0x1p-53 }

  /// After Box and Muller.
  mutating func normal() -> Double {
    (-2 * log(1 - unit(0, 1))).squareRoot() * cos(unit(0, 2 * .pi))
  }
}
