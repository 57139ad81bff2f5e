import DSPKernels

extension MelEdges {
  /// Filters that see a single bin, and those among them that see the bin of the filter before.
  var narrow: (single: Int, repeated: Int) {
    var (single, repeated) = (0, 0)
    var before: Int?
    for filter in filters {
      let bin = filter.onlyBin
      if bin != nil { single += 1 }
      if bin != nil && bin == before { repeated += 1 }
      before = bin
    }
    return (single, repeated)
  }

  /// Whether every filter has more to see than its neighbour, and most see several bins.
  var areWide: Bool {
    let narrow = narrow
    return narrow.repeated == 0 && narrow.single * 4 <= positions.count - 2
  }

  /// Error of the device's logarithm and exponential, which are approximations in single precision.
  ///
  /// Measured: of nine common settings whose bins differ on the device, this bound finds the eight that are due to
  /// rounding; bins of Studio's defaults are 50 times farther away.
  static let deviceError = 6e-6

  /// The edge nearest to a whole bin, if it is so near that the device may round it to the other side.
  var uncertainEdge: Int? {
    // The last edge is not at risk: the reference keeps it 0.001 Hz off, on purpose.
    let distances = positions.indices.dropLast().map { index -> Double in
      // Both agree on an edge at 0 Hz.
      if frequencies[index] <= 0 { return .infinity }
      let bins = abs(positions[index] - positions[index].rounded())
      let error = (700 + frequencies[index]) * Self.deviceError * positions[index] / frequencies[index]
      return bins / error
    }
    guard let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }), distances[nearest] < 1
    else { return nil }
    return nearest
  }
}

extension ParameterReader {
  /// Warns about filters too narrow for the transform, and about edges that the device places elsewhere.
  mutating func warnAboutMelFilters(_ chosen: MelConfiguration) {
    let edges = chosen.edges
    if !edges.areWide {
      let lengths = sequence(first: chosen.fftLength) { $0 < FrameLayout.longestTransform ? $0 * 2 : nil }
      let cure = lengths.first { chosen.with(fftLength: $0).edges.areWide }
      // Fewer filters are wider, though not at every step.
      let fewer = stride(from: chosen.count - 1, through: 2, by: -1).first { chosen.with(count: $0).edges.areWide }
      let narrow = edges.narrow
      let cures = [cure.map { "fft_length \($0)" }, fewer.map { "num_filters \($0)" }].compactMap { $0 }
      warn(
        "num_filters",
        rule: "\(narrow.single) of \(chosen.count) filters see a single bin"
          + (narrow.repeated == 0 ? "" : ", \(narrow.repeated) of them the same as the filter before"),
        suggestion: cures.isEmpty ? "use a wider range of frequencies" : "use " + cures.joined(separator: ", or "))
    }
    if let edge = edges.uncertainEdge {
      let position = edges.positions[edge]
      let (studio, other) = (Int(position.rounded(.down)), Int(position.rounded()))
      let counts = [chosen.count - 1, chosen.count + 1, chosen.count - 2, chosen.count + 2].filter { $0 >= 2 }
      let count = counts.first { chosen.with(count: $0).edges.uncertainEdge == nil }
      let lows = (1...40).map { chosen.low.rounded(.down) + Double($0) }.filter { $0 < chosen.high }
      let low = lows.first { chosen.with(low: $0).edges.uncertainEdge == nil }
      let cures = [count.map { "\($0)" }, low.map { "low_frequency \(shown($0))" }].compactMap { $0 }
      warn(
        "num_filters",
        rule: "edge \(edge) of the filters lies at bin \(shown(position)): Studio takes bin \(studio), "
          + "a device in single precision may take \(other == studio ? studio - 1 : other)",
        suggestion: cures.isEmpty ? "compare features on the device" : "use " + cures.joined(separator: ", or "))
    }
  }
}
