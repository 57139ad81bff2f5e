import DSPKernels

extension BlockDescriptor {
  static let mfe = BlockDescriptor(
    type: "mfe", title: "Audio (MFE)",
    summary: "Mel filter bank energies: a picture of time and frequency, for sounds other than speech.",
    versions: 1...4,
    groups: [
      ParameterGroup(
        "Mel-filterbank energy features",
        [
          .frameLength(), .frameStride(0.01), .filterCount(40), .frameFFTLength(256), .lowFrequency, .highFrequency,
        ]),
      ParameterGroup(
        "Normalization",
        [
          Parameter(
            "win_size", "Window size", .integer(Int.min...(1 << 20) - 1), default: .integer(101),
            help: "Frames over which the mean is taken; odd, at least 1.", versions: 1...2),
          .noiseFloor(),
        ]),
    ],
    planner: { reader, version, input throws(ConfigurationError) in
      let layout = FrameLayout(&reader, version: version, input: input)
      var normalization = MFEPlan.Normalization.decibel(floor: reader.number("noise_floor_db"))
      if version < 3 {
        let window = reader.integer("win_size")
        if window < 1 || window % 2 == 0 {
          reader.reject("win_size", rule: "must be odd and above 0", suggestion: "use 101")
        }
        normalization = .slidingMean(window: window)
      }
      let bank = layout.flatMap {
        reader.melFilterBank(version: version, frequency: input.frequency, fftLength: $0.fftLength)
      }
      if case .slidingMean(let window) = normalization, let layout, let bank {
        layout.checkNormalization(&reader, window: window, columns: bank.count)
      }
      try reader.finish()
      guard let layout, let bank else { throw ConfigurationError(reader.issues) }
      let high = reader.number("high_frequency")
      let range = MelRange(low: reader.number("low_frequency"), high: high == 0 ? input.frequency / 2 : high)
      reader.warnAboutFrames(layout, version: version, input: input)
      reader.warnAboutMelFilters(version: version, frequency: input.frequency, fftLength: layout.fftLength)
      switch normalization {
      case .slidingMean(let window): reader.warnAboutNormalization(window: window, frames: layout.count)
      case .decibel(let floor): reader.warnAboutNoiseFloor(floor)
      }
      return MFEPlan(
        layout: layout, bank: bank, melRange: range, normalization: normalization, input: input,
        warnings: reader.warnings)
    })
}
