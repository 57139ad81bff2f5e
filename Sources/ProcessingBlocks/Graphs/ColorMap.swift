/// Blue over grey to red: low values are cool, high ones warm.
///
/// Source: K. Moreland, Diverging Color Maps for Scientific Visualization (2009), table of nine colours, with
/// straight lines between them.
enum ColorMap {
  /// Index of values that are no number.
  static let missing: UInt8 = 255

  private static let anchors: [SIMD3<Double>] = [
    [59, 76, 192], [98, 130, 234], [141, 176, 254], [184, 208, 249], [221, 221, 221], [245, 196, 173],
    [244, 154, 123], [222, 96, 77], [180, 4, 38],
  ]

  /// 256 colours of red, green and blue: from lowest to highest, and white for missing values.
  static let palette: [UInt8] =
    (0..<255).flatMap { index -> [UInt8] in
      let place = Double(index) / 254 * Double(anchors.count - 1)
      let first = min(Int(place), anchors.count - 2)
      let color = anchors[first] + (anchors[first + 1] - anchors[first]) * (place - Double(first))
      return (0..<3).map { UInt8(color[$0].rounded()) }
    } + [255, 255, 255]

  /// Indices into the palette; values outside of the range take the colour of its nearer end.
  static func indices(_ values: [Float], lowest: Float, highest: Float) -> [UInt8] {
    // In Double the difference of two Floats never overflows.
    let (low, range) = (Double(lowest), Double(highest) - Double(lowest))
    return values.map { value in
      if value.isNaN { return missing }
      let place = range > 0 ? (Double(value) - low) / range : 0
      return UInt8((min(max(place, 0), 1) * 254).rounded())
    }
  }
}
