import DSPKernels

extension BlockDescriptor {
  static let spectrogram = BlockDescriptor(
    type: "spectrogram", title: "Spectrogram",
    summary: "Power over time and frequency, for sounds other than speech and for sensors.",
    versions: 1...4,
    presentation: StudioPresentation(
      "Spectrogram", cppType: "spectrogram_custom", convolution: ("fft_length", 5)),
    groups: [
      ParameterGroup("Spectrogram", [.frameLength, .frameStride(0.01), .frameFFTLength(128)]),
      ParameterGroup(
        "Normalization",
        [
          .noiseFloor,
          Parameter(
            "show_axes", "Show axes", .boolean, default: .boolean(true),
            help: "Studio's switch for its own graphs. Graphs here always have axes; features do not depend on it.",
            shownVersions: []),
        ]),
    ],
    planner: { reader, version, input throws(ConfigurationError) in
      // Compared in seconds, as the reference does.
      for key in ["frame_length", "frame_stride"] where reader.number(key) < 4 / input.frequency {
        reader.reject(
          key, rule: "must be at least 4 values long at \(shown(input.frequency)) Hz",
          suggestion: "use at least \(shown(4 / input.frequency, .up)) s")
      }
      let layout = FrameLayout(&reader, version: version, input: input)
      let floor = reader.number("noise_floor_db")
      try reader.finish()
      guard let layout else { throw ConfigurationError(reader.issues) }
      reader.warnAboutFrames(layout, version: version, input: input)
      reader.warnAboutPadding(layout)
      if version >= 3 { reader.warnAboutNoiseFloor(floor) }
      return SpectrogramPlan(
        layout: layout, version: version, floor: floor, input: input, warnings: reader.warnings)
    })
}

struct SpectrogramPlan: BlockPlan {
  let layout: FrameLayout
  let version: Int
  /// In dB.
  let floor: Double
  let input: SignalShape
  let warnings: [ConfigurationIssue]

  private var bins: Int { layout.fftLength / 2 + 1 }

  var featureCount: Int { layout.count * bins }
  var featureLabels: [String] { [] }
  var outputConfiguration: OutputConfiguration { .spectrogram(width: Double(layout.count), height: bins) }
  var fftUsed: [Int] { [layout.fftLength] }

  func warnings(forWindow window: [Double]) -> [ConfigurationIssue] {
    // Version 3 rescales loud windows in Float.
    axisWarnings(forWindow: window, limit: version == 3 ? floatLimit * fullScale : .infinity)
  }

  func scratchByteCount(hop: Int, windows: Int) -> Int {
    let output =
      version < 3
      ? featureCount * MemoryLayout<Double>.stride + FrameTable<Double>.byteCount(columns: bins)
      : FrameTable<Float>.byteCount(columns: bins)
    return SpectrogramRunner.scratchByteCount(layout) + output
  }

  func makeRunner(hop: Int, windows: Int) -> any BlockRunner { SpectrogramRunner(plan: self, hop: hop) }
}
