import DSPKernels

extension MelEdges {
  /// Filters that see a single bin, and those among them that see the bin of the filter before.
  var narrow: (single: Int, repeated: Int) {
    var (single, repeated) = (0, 0)
    var before: Int?
    for index in 0..<positions.count - 2 {
      let bin = onlyBin(ofFilter: index)
      if bin != nil { single += 1 }
      if bin != nil && bin == before { repeated += 1 }
      before = bin
    }
    return (single, repeated)
  }

  /// The bin of a filter that sees no other: weights are above 0 strictly between the outer edges, and at the centre.
  private func onlyBin(ofFilter index: Int) -> Int? {
    let (left, centre, right) = (
      positions[index].rounded(.down), positions[index + 1].rounded(.down), positions[index + 2].rounded(.down)
    )
    let first = min(centre, left + 1)
    let last = max(centre, right - 1)
    return first == last ? Int(first) : nil
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
  mutating func warnAboutMelFilters(version: Int, frequency: Double, fftLength: Int) {
    let count = integer("num_filters")
    let low = number("low_frequency")
    let given = number("high_frequency")
    let edges = { (count: Int, length: Int) in
      MelEdges(
        count: count, length: length, frequency: frequency, low: low, high: given == 0 ? frequency / 2 : given,
        rule: version >= 4 ? .fullSpectrum : .lowerHalf)
    }
    let chosen = edges(count, fftLength)
    if !chosen.areWide {
      let lengths = sequence(first: fftLength) { $0 < FrameLayout.longestTransform ? $0 * 2 : nil }
      let cure = lengths.first { edges(count, $0).areWide }
      let narrow = chosen.narrow
      warn(
        "num_filters",
        rule: "\(narrow.single) of \(count) filters see a single bin"
          + (narrow.repeated == 0 ? "" : ", \(narrow.repeated) of them the same as the filter before"),
        suggestion: cure.map { "use fft_length \($0), or fewer filters" } ?? "use fewer filters")
    }
    if let edge = chosen.uncertainEdge {
      let position = chosen.positions[edge]
      let (studio, other) = (Int(position.rounded(.down)), Int(position.rounded()))
      let cure = [count - 1, count + 1, count - 2, count + 2].first {
        $0 >= 2 && edges($0, fftLength).uncertainEdge == nil
      }
      warn(
        "num_filters",
        rule: "edge \(edge) of the filters lies at bin \(position): Studio takes bin \(studio), "
          + "a device in single precision may take \(other == studio ? studio - 1 : other)",
        suggestion: cure.map { "use \($0), or another low_frequency" } ?? "use another low_frequency")
    }
  }
}
