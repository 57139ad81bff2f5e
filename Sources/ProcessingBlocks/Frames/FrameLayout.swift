import DSPKernels

/// How a window is cut into frames, for the blocks that make a picture of time and frequency.
struct FrameLayout: Sendable {
  /// Most frames that a window may have.
  static let mostFrames = 500
  /// Longest transform.
  static let longestTransform = 1 << 20

  /// Frames of a window.
  let count: Int
  /// Values of a frame.
  let rows: Int
  /// Values from one frame to the next.
  let stride: Int
  /// Transform length.
  let fftLength: Int
  /// Length of a frame as asked for.
  let lengthSeconds: Double
  /// From one frame to the next as asked for.
  let strideSeconds: Double

  /// Reads and checks `frame_length`, `frame_stride` and `fft_length`. Where something is wrong, issues are added to the
  /// reader, and the result is nil or of no use.
  init?(_ reader: inout ParameterReader, version: Int, input: SignalShape) {
    let length = reader.number("frame_length")
    let strideSeconds = reader.number("frame_stride")
    let fftLength = reader.integer("fft_length")
    if input.axes.count != 1 {
      reader.reject(
        ConfigurationIssue(
          "axes", value: input.axes.joined(separator: ", "), rule: "this block takes a single axis",
          suggestion: "create one block for each axis"))
    }
    let exactRows = input.frequency * length
    let rows = version == 1 ? exactRows.rounded(.toNearestOrEven) : Self.ceilingUnlessClose(exactRows)
    let stride = Self.ceilingUnlessClose(input.frequency * strideSeconds)
    for (key, value) in [("frame_length", rows), ("frame_stride", stride)]
    where !(value >= 1 && value <= Double(SignalShape.longestWindow)) {
      reader.reject(
        key,
        rule: "must hold at least one value at \(shown(input.frequency)) Hz, and at most \(SignalShape.longestWindow)",
        suggestion: value < 1 ? "use at least \(shown(1 / input.frequency, .up)) s" : "use less than the window")
      return nil
    }
    self.rows = Int(rows)
    self.stride = Int(stride)
    self.fftLength = fftLength
    lengthSeconds = length
    self.strideSeconds = strideSeconds
    // Version 1 loses the last frame.
    let spare = input.rows - self.rows + (version == 1 ? 0 : self.stride)
    count = spare < 0 ? 0 : spare / self.stride
    if count < 1 {
      reader.reject(
        "frame_length", rule: "frames of \(self.rows) values do not fit a window of \(input.rows)",
        suggestion: "use a longer window or shorter frames")
    } else if count > Self.mostFrames {
      reader.reject(
        "frame_stride", rule: "gives \(count) frames, and \(Self.mostFrames) is the most",
        suggestion:
          "use a stride of at least \(shown(Double(input.rows) / Double(Self.mostFrames) / input.frequency, .up)) s")
    }
  }

  /// A sliding normalisation takes frames × window × columns steps; more than about a second a window is a mistake.
  func checkNormalization(_ reader: inout ParameterReader, window: Int, columns: Int) {
    if count < 1 || columns < 1 { return }
    let most = (1 << 31) / (count * SlidingNormalization.padded(columns))
    if window > most {
      reader.reject(
        "win_size", rule: "is too long for \(count) frames of \(columns) values: at most \(most)",
        suggestion: "use \(min(most, reader.defaultValue("win_size").wholeNumber ?? most))")
    }
  }

  /// Rounds up, except where less than a thousandth is left over.
  static func ceilingUnlessClose(_ value: Double) -> Double {
    let floor = value.rounded(.down)
    return value > floor && value - floor < 0.001 ? floor : value.rounded(.up)
  }
}

extension Parameter {
  static let frameLength = Parameter(
    "frame_length", "Frame length", .number, default: .number(0.02), help: "Length of a frame in seconds.")
  static func frameStride(_ seconds: Double) -> Parameter {
    Parameter(
      "frame_stride", "Frame stride", .number, default: .number(seconds),
      help: "From one frame's start to the next, in seconds.")
  }
  static func frameFFTLength(_ length: Int) -> Parameter {
    Parameter(
      "fft_length", "FFT length", .integer(2...FrameLayout.longestTransform, .powerOfTwo), default: .integer(length),
      help: "A frame longer than this is cut: what lies behind is never seen.")
  }
  static let noiseFloor = Parameter(
    "noise_floor_db", "Noise floor (dB)", .number, default: .integer(-52),
    help: "Everything quieter than this becomes 0; below \(shown(decibelCeiling)) dB, where the scale ends.",
    versions: 3...4, traits: .wholeNumber)
}

/// Where the decibel scale of the audio blocks ends, in dB: see `DecibelScale`.
let decibelCeiling = 12.0

/// Full scale of 16-bit samples, by which audio is divided to lie in -1...1.
let fullScale = 32768.0
