import DSPKernels

extension MFEPlan {
  /// The features as a picture, and the filters that made them.
  func graphs(ofWindow window: [Double]) -> [BlockGraph] {
    // Every fourth filter's frequency, and both ends.
    let last = bank.count - 1
    let marked = [0] + Array(stride(from: 1, to: last, by: 4)) + [last]
    let centers = mel.centers
    let energies = layout.heatMap(
      "Mel Energies (DSP Output)", features(ofWindow: window), rows: bank.count, verticalTitle: "Frequency [Hz]",
      verticalTicks: marked.map { .init(position: Double($0) + 0.5, label: hertzLabel(centers[$0])) })
    let filters = MelEdges.filters(bins: bank.edges)
    let weighting = HeatMap(
      title: "FFT Bin Weighting", columns: layout.fftLength / 2 + 1, rows: bank.count,
      horizontalTitle: "FFT Bin Index", verticalTitle: "Output Row Index"
    ) { bin, row in Float(filters[row].weight(bin)) }
    return [
      BlockGraph("Mel Energies (DSP Output)", GraphPicture(energies)),
      BlockGraph("FFT Bin Weighting", GraphPicture(weighting)),
    ]
  }
}
