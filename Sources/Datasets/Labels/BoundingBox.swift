/// What is to be seen in a part of a picture.
public struct BoundingBox: Sendable, Equatable, Codable {
  /// The label of the part.
  public var label: String
  /// Left edge in pixels from the left.
  public var x: Double
  /// Upper edge in pixels from the top.
  public var y: Double
  /// In pixels, above 0.
  public var width: Double
  /// In pixels, above 0.
  public var height: Double

  /// Creates a box.
  public init(label: String, x: Double, y: Double, width: Double, height: Double) {
    self.label = label
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// - Throws: `DatasetError` when the box has no area.
  func checked(file: String, position: DatasetError.Position) throws(DatasetError) {
    guard width > 0, height > 0 else {
      throw DatasetError(
        file: file, position: position, expected: "a width and a height above 0", found: "\(width) and \(height)")
    }
  }
}
