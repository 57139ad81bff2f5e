extension SpectrogramPlan {
  /// The features as a picture, with 15 frequencies from 0 to Nyquist.
  func graphs(ofWindow window: [Double]) -> [BlockGraph] {
    let rows = layout.fftLength / 2 + 1
    let ticks = (0..<15).map { index in
      HeatMap.Tick(
        position: Double(rows) * Double(index) / 14, label: hertzLabel(input.frequency / 2 / 14 * Double(index)))
    }
    let map = layout.heatMap(
      "Spectrogram", features(ofWindow: window), rows: rows, verticalTitle: "Frequency [Hz]", verticalTicks: ticks)
    return [BlockGraph("Spectrogram", GraphPicture(map))]
  }
}
