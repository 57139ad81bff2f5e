extension MFCCPlan {
  /// The features as a picture; the first coefficient lies at the bottom.
  func graphs(ofWindow window: [Double]) -> [BlockGraph] {
    let name = "Cepstral Coefficients"
    let map = layout.heatMap(
      name, features(ofWindow: window), rows: transform.count, verticalTitle: "Coefficient",
      verticalTicks: (0..<transform.count).map { .init(position: Double($0) + 0.5, label: "\($0 + 1)") })
    return [BlockGraph(name, GraphPicture(map))]
  }
}
