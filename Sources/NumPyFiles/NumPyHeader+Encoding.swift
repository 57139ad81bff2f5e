extension NumPyHeader {
  /// The bytes that NumPy writes before a C-order array of this type and shape, format 1.0.
  ///
  /// NumPy leaves room for 21 digits of the first dimension, so that arrays can grow in place, and then pads
  /// with 1 to 64 bytes up to a multiple of 64. The length therefore does not depend on the number of rows.
  ///
  /// - Parameter shape: At most 64 dimensions, each 0 or more.
  /// - Returns: Magic, version, length and text; the first element follows directly.
  static func encoded(elementType: NumPyElementType, shape: [Int]) -> [UInt8] {
    precondition(shape.count <= HeaderScanner.maximumRank, "An array has at most 64 dimensions")
    precondition(shape.allSatisfy { $0 >= 0 }, "Dimensions are 0 or more")
    var text =
      "{'descr': '\(elementType.descriptor)', 'fortran_order': False, 'shape': \(spelling(of: shape)), }"
    if let rows = shape.first {
      text += String(repeating: " ", count: 21 - String(rows).utf8.count)
    }
    let prefixSize = 10
    let unpadded = prefixSize + text.utf8.count + 1
    text += String(repeating: " ", count: 64 - unpadded % 64) + "\n"

    // 64 dimensions of 19 digits stay below 1500 bytes, so the length always fits its 2 bytes.
    let length = UInt16(text.utf8.count)
    let version: [UInt8] = [1, 0]
    let lengthBytes = [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
    return [0x93] + Array("NUMPY".utf8) + version + lengthBytes + Array(text.utf8)
  }
}
