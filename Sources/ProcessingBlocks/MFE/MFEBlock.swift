import DSPKernels

extension BlockDescriptor {
  static let mfe = BlockDescriptor(
    type: "mfe", title: "Audio (MFE)",
    summary: "Mel filter bank energies: a picture of time and frequency, for sounds other than speech.",
    versions: 1...4,
    presentation: StudioPresentation("MFE", cppType: "mfe_custom", convolution: ("num_filters", 5)),
    groups: [
      ParameterGroup(
        "Mel-filterbank energy features",
        [
          .frameLength, .frameStride(0.01), .filterCount(40), .frameFFTLength(256), .lowFrequency, .highFrequency,
        ]),
      ParameterGroup(
        "Normalization",
        [
          Parameter(
            "win_size", "Window size", .integer(1...(1 << 20) - 1, .odd), default: .integer(101),
            help: "Frames over which the mean is taken.", versions: 1...2),
          .noiseFloor,
        ]),
    ],
    planner: { reader, version, input throws(ConfigurationError) in
      let layout = FrameLayout(&reader, version: version, input: input)
      var normalization = MFEPlan.Normalization.decibel(floor: reader.number("noise_floor_db"))
      if version < 3 {
        normalization = .slidingMean(window: reader.integer("win_size"))
      }
      let mel = layout.flatMap {
        reader.melConfiguration(version: version, frequency: input.frequency, fftLength: $0.fftLength)
      }
      if case .slidingMean(let window) = normalization, let layout, let mel {
        layout.checkNormalization(&reader, window: window, columns: mel.count)
      }
      try reader.finish()
      guard let layout, let mel else { throw ConfigurationError(reader.issues) }
      reader.warnAboutFrames(layout, version: version, input: input)
      reader.warnAboutMelFilters(mel)
      switch normalization {
      case .slidingMean(let window): reader.warnAboutNormalization(window: window, frames: layout.count)
      case .decibel(let floor): reader.warnAboutNoiseFloor(floor)
      }
      return MFEPlan(
        layout: layout, bank: mel.bank, mel: mel, normalization: normalization, input: input,
        warnings: reader.warnings)
    })
}
