/// Pictures of time and frequency, whose columns are frames.
extension FrameLayout {
  /// Ten times along the frames, in seconds with two decimals.
  var timeTicks: [HeatMap.Tick] {
    let duration = Double(count) * strideSeconds + lengthSeconds
    return (0..<10).map { index in
      HeatMap.Tick(
        position: Double(count) * Double(index) / 9, label: twoDecimals(duration / 9 * Double(index)))
    }
  }

  /// Frame-major features as a picture with time along it.
  ///
  /// - Parameter rows: features of a frame, the first at the bottom.
  func heatMap(
    _ title: String, _ features: [Float], rows: Int, verticalTitle: String, verticalTicks: [HeatMap.Tick]
  ) -> HeatMap {
    HeatMap(
      title: title, columns: count, rows: rows, horizontalTitle: "Time [sec]", verticalTitle: verticalTitle,
      horizontalTicks: timeTicks, verticalTicks: verticalTicks
    ) { column, row in features[column * rows + row] }
  }
}

/// A whole number of Hz, rounded up.
func hertzLabel(_ frequency: Double) -> String { AxisTicks.decimal(frequency.rounded(.up), places: 0) }
