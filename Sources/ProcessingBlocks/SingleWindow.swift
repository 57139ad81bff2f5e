/// One window in the form in which Studio sends it: a flat list with the axes interleaved (x0, y0, z0, x1, …), or of a
/// picture its width, its height, and its pixels as 0xRRGGBB.
public struct SingleWindow: Sendable {
  /// Rows times axes values; of a picture, its pixels.
  public let values: [Double]
  /// What a plan for the window is made for.
  public let shape: SignalShape

  /// What one window needs beside itself, at the most: 2 GiB.
  public static let mostMemory = 1 << 31

  /// Takes a flat list apart.
  ///
  /// - Parameters:
  ///   - features: Studio's word for the values of the window.
  ///   - axes: names, in the order of the values; pictures have one axis whatever they say.
  ///   - frequency: in Hz; pictures have none.
  ///   - block: says whether windows are pictures.
  /// - Throws: `ConfigurationError` for lists that are no whole number of rows, and pictures without a size.
  public init(
    _ features: [Double], axes: [String], frequency: Double, for block: BlockDescriptor
  ) throws(ConfigurationError) {
    func refusal(_ value: String, _ rule: String) -> ConfigurationError {
      ConfigurationError([ConfigurationIssue("features", value: value, rule: rule)])
    }
    if block.takesImages {
      guard features.count > 2, let width = Int(exactly: features[0]), let height = Int(exactly: features[1]) else {
        throw refusal(
          features.count > 2 ? "\(features[0]), \(features[1]), …" : "\(features.count) values",
          "a picture is its width, its height, and at least one pixel, all as whole numbers")
      }
      values = Array(features[2...])
      shape = SignalShape(image: ImageSize(width: width, height: height), pixels: values.count)
      return
    }
    guard !axes.isEmpty, features.count % axes.count == 0 else {
      throw refusal("\(features.count) values", "must be a whole number of rows of \(axes.count) axes")
    }
    values = features
    shape = SignalShape(frequency: frequency, rows: features.count / axes.count, axes: axes)
  }
}

extension BlockPlan {
  /// What keeps a single window from being computed: memory, and what it holds; nil if nothing.
  ///
  /// - Parameter window: rows times axes values of the plan's input, row by row.
  public func refusal(ofWindow window: [Double]) -> ConfigurationIssue? {
    let bytes = scratchByteCount(hop: input.rows, windows: 1) + featureCount * MemoryLayout<Float>.stride
    if bytes > SingleWindow.mostMemory {
      return ConfigurationIssue(
        "window", value: "\(input.rows) rows",
        rule:
          "needs \(bytes >> 20) MiB of memory with these settings, and \(SingleWindow.mostMemory >> 20) is the most",
        suggestion: "use a shorter window")
    }
    return problem(inWindow: window)
  }
}

extension OutputConfiguration {
  /// Studio's `output_config`, on one line; whole numbers without a point.
  public var studioJSON: String {
    let shape = shape.map { name, value in
      "\"\(name)\":" + (Int(exactly: value).map(String.init) ?? (value.isFinite ? "\(value)" : "null"))
    }
    return "{\"type\":\"\(type)\",\"shape\":{\(shape.joined(separator: ","))}}"
  }
}
