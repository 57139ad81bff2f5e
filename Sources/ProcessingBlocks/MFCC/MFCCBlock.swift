import DSPKernels

extension BlockDescriptor {
  static let mfcc = BlockDescriptor(
    type: "mfcc", title: "Audio (MFCC)",
    summary: "Mel frequency cepstral coefficients: a compact picture of the human voice.",
    versions: 1...4,
    groups: [
      ParameterGroup(
        "Mel Frequency Cepstral Coefficients",
        [
          Parameter(
            "num_cepstral", "Number of coefficients", .integer(1...4096), default: .integer(13),
            help: "Coefficients of a frame; no more than filters exist."),
          .frameLength(), .frameStride(0.02), .filterCount(32), .frameFFTLength(256),
          Parameter(
            "win_size", "Normalization window size", .integer(Int.min...(1 << 20) - 1), default: .integer(101),
            help: "Frames over which mean and deviation are taken; odd. 0 or less switches normalisation off."),
          .lowFrequency, .highFrequency,
        ]),
      ParameterGroup(
        "Pre-emphasis",
        [
          Parameter(
            "pre_cof", "Coefficient", .number, default: .number(0.98),
            help: "Share of an earlier value that is subtracted from each; 0 switches pre-emphasis off."),
          Parameter(
            "pre_shift", "Shift", .integer(Int.min...Int.max), default: .integer(1),
            help: "How many values earlier, at least 1. The window's first values are paired with its last."),
        ]),
    ],
    planner: { reader, version, input throws(ConfigurationError) in
      let layout = FrameLayout(&reader, version: version, input: input)
      let coefficients = reader.integer("num_cepstral")
      let emphasis = reader.number("pre_cof")
      let shift = reader.integer("pre_shift")
      if shift <= 0 {
        reader.reject("pre_shift", rule: "must be above 0", suggestion: "to switch pre-emphasis off, set pre_cof to 0")
      }
      let window = reader.integer("win_size")
      if window > 0 && window % 2 == 0 {
        reader.reject("win_size", rule: "must be odd", suggestion: "use \(window - 1), or 0 for no normalisation")
      }
      let bank = layout.flatMap {
        reader.melFilterBank(version: version, frequency: input.frequency, fftLength: $0.fftLength)
      }
      if let layout, let bank {
        layout.checkNormalization(&reader, window: window, columns: min(coefficients, bank.count))
      }
      try reader.finish()
      guard let layout, let bank else { throw ConfigurationError(reader.issues) }
      reader.warnAboutFrames(layout, version: version, input: input)
      reader.warnAboutMelFilters(version: version, frequency: input.frequency, fftLength: layout.fftLength)
      reader.warnAboutShift(shift, emphasis: emphasis, layout: layout, rows: input.rows)
      if window > 0 { reader.warnAboutNormalization(window: window, frames: layout.count) }
      if coefficients > bank.count { reader.warnAboutMissingCoefficients(filters: bank.count) }
      return MFCCPlan(
        layout: layout, bank: bank, coefficients: coefficients, emphasis: emphasis, shift: shift,
        window: window, input: input, warnings: reader.warnings)
    })
}
