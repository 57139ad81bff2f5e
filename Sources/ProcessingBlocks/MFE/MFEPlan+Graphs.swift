import DSPKernels
import Glibc

extension MFEPlan {
  /// The features as a picture, and the filters that made them.
  func graphs(ofWindow window: [Double]) -> [BlockGraph] {
    // Every fourth filter's frequency, and both ends.
    let last = bank.count - 1
    let marked = [0] + Array(stride(from: 1, to: last, by: 4)) + [last]
    let centers = melRange.centers(bank.count)
    let energies = layout.heatMap(
      "Mel Energies (DSP Output)", features(ofWindow: window), rows: bank.count, verticalTitle: "Frequency [Hz]",
      verticalTicks: marked.map { .init(position: Double($0) + 0.5, label: hertzLabel(centers[$0])) })
    let edges = bank.edges
    let weighting = HeatMap(
      title: "FFT Bin Weighting", columns: layout.fftLength / 2 + 1, rows: bank.count,
      horizontalTitle: "FFT Bin Index", verticalTitle: "Output Row Index"
    ) { bin, row in
      let (left, center, right) = (edges[row], edges[row + 1], edges[row + 2])
      if center <= bin && bin < right { return Float(right - bin) / Float(right - center) }
      if left < bin && bin <= center { return Float(bin - left) / Float(center - left) }
      return 0
    }
    return [
      BlockGraph("Mel Energies (DSP Output)", GraphPicture(energies)),
      BlockGraph("FFT Bin Weighting", GraphPicture(weighting)),
    ]
  }
}

/// The frequencies between which mel filters lie.
struct MelRange: Sendable {
  /// In Hz.
  var low: Double
  /// In Hz, above `low`.
  var high: Double

  /// Centres of `count` filters in Hz, evenly spaced on the mel scale.
  func centers(_ count: Int) -> [Double] {
    let lowest = 1127 * log(1 + low / 700)
    let highest = 1127 * log(1 + high / 700)
    return (1...count).map { index in
      700 * (exp((lowest + (highest - lowest) * Double(index) / Double(count + 1)) / 1127) - 1)
    }
  }
}
