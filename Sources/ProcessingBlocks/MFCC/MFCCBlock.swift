import DSPKernels

extension BlockDescriptor {
  static let mfcc = BlockDescriptor(
    type: "mfcc", title: "Audio (MFCC)",
    summary: "Mel frequency cepstral coefficients: a compact picture of the human voice.",
    versions: 1...4,
    presentation: StudioPresentation("MFCC", cppType: "mfcc_custom", convolution: ("num_cepstral", 5)),
    groups: [
      ParameterGroup(
        "Mel Frequency Cepstral Coefficients",
        [
          Parameter(
            "num_cepstral", "Number of coefficients", .integer(1...4096), default: .integer(13),
            help: "Coefficients of a frame; no more than filters exist."),
          .frameLength, .frameStride(0.02), .filterCount(32), .frameFFTLength(256),
          Parameter(
            "win_size", "Normalization window size", .integer(Int.min...(1 << 20) - 1, .odd), default: .integer(101),
            help: "Frames over which mean and deviation are taken. 0 or less switches normalisation off."),
          .lowFrequency, .highFrequency,
        ]),
      ParameterGroup(
        "Pre-emphasis",
        [
          Parameter(
            "pre_cof", "Coefficient", .number, default: .number(0.98),
            help: "Share of an earlier value that is subtracted from each; 0 switches pre-emphasis off."),
          Parameter(
            "pre_shift", "Shift", .integer(1...Int.max), default: .integer(1),
            help: "How many values earlier. The window's first values are paired with its last.",
            shownVersions: [1, 2]),
        ]),
    ],
    planner: { reader, version, input throws(ConfigurationError) in
      let layout = FrameLayout(&reader, version: version, input: input)
      let coefficients = reader.integer("num_cepstral")
      let emphasis = reader.number("pre_cof")
      let shift = reader.integer("pre_shift")
      let window = reader.integer("win_size")
      let mel = layout.flatMap {
        reader.melConfiguration(version: version, frequency: input.frequency, fftLength: $0.fftLength)
      }
      if let layout, let mel {
        layout.checkNormalization(&reader, window: window, columns: min(coefficients, mel.count))
      }
      try reader.finish()
      guard let layout, let mel else { throw ConfigurationError(reader.issues) }
      reader.warnAboutFrames(layout, version: version, input: input)
      reader.warnAboutMelFilters(mel)
      reader.warnAboutShift(shift, emphasis: emphasis, layout: layout, rows: input.rows)
      if window > 0 { reader.warnAboutNormalization(window: window, frames: layout.count) }
      if coefficients > mel.count { reader.warnAboutMissingCoefficients(filters: mel.count) }
      return MFCCPlan(
        layout: layout, bank: mel.bank, coefficients: coefficients, emphasis: emphasis, shift: shift,
        window: window, input: input, warnings: reader.warnings)
    })
}
