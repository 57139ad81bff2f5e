/// A Swift number that array elements can be read into and written from: `Double`, `Float` or `Int32`.
public protocol NumPyValue: Sendable, BitwiseCopyable {
  /// The type that files written from this number have: `<f8`, `<f4` or `<i4`.
  static var elementType: NumPyElementType { get }

  /// True when every value of a file's element type can be read into this number.
  ///
  /// `Double` takes every type; 64-bit integers beyond 2**53 are rounded to the nearest double.
  /// `Float` and `Int32` take only the types that they hold without loss.
  static func canHold(_ type: NumPyElementType) -> Bool

  /// Converts `count` packed elements.
  ///
  /// - Parameters:
  ///   - source: Elements in the file's representation, of any alignment.
  ///   - type: Their type; `canHold(type)` is true.
  ///   - count: Number of elements.
  ///   - output: Room for `count` numbers.
  static func decode(
    _ source: UnsafeRawPointer, of type: NumPyElementType, count: Int, into output: UnsafeMutablePointer<Self>
  )
}

extension Double: NumPyValue {
  /// `<f8`.
  public static var elementType: NumPyElementType { .float64 }

  /// Every type; 64-bit integers beyond 2**53 are rounded.
  public static func canHold(_ type: NumPyElementType) -> Bool { true }

  /// Converts packed elements; see `NumPyValue`.
  public static func decode(
    _ source: UnsafeRawPointer, of type: NumPyElementType, count: Int,
    into output: UnsafeMutablePointer<Double>
  ) {
    let run = PackedRun(source: source, count: count, isSwapped: type.isSwapped)
    switch (type.kind, type.byteSize) {
    case (.float, 2): run.convert(UInt16.self, into: output) { Double(Float16(bitPattern: $0)) }
    case (.float, 4): run.convert(UInt32.self, into: output) { Double(Float(bitPattern: $0)) }
    case (.float, _): run.convert(UInt64.self, into: output) { Double(bitPattern: $0) }
    case (.signedInteger, 1): run.convert(Int8.self, into: output) { Double($0) }
    case (.signedInteger, 2): run.convert(Int16.self, into: output) { Double($0) }
    case (.signedInteger, 4): run.convert(Int32.self, into: output) { Double($0) }
    case (.signedInteger, _): run.convert(Int64.self, into: output) { Double($0) }
    case (.unsignedInteger, 1): run.convert(UInt8.self, into: output) { Double($0) }
    case (.unsignedInteger, 2): run.convert(UInt16.self, into: output) { Double($0) }
    case (.unsignedInteger, 4): run.convert(UInt32.self, into: output) { Double($0) }
    case (.unsignedInteger, _): run.convert(UInt64.self, into: output) { Double($0) }
    case (.boolean, _): run.convert(UInt8.self, into: output) { $0 == 0 ? 0 : 1 }
    }
  }
}

extension Float: NumPyValue {
  /// `<f4`.
  public static var elementType: NumPyElementType { .float32 }

  /// `f2`, `f4`, integers of up to 16 bits, booleans.
  public static func canHold(_ type: NumPyElementType) -> Bool {
    switch type.kind {
    case .float: type.byteSize <= 4
    case .signedInteger, .unsignedInteger: type.byteSize <= 2
    case .boolean: true
    }
  }

  /// Converts packed elements; see `NumPyValue`.
  public static func decode(
    _ source: UnsafeRawPointer, of type: NumPyElementType, count: Int,
    into output: UnsafeMutablePointer<Float>
  ) {
    precondition(canHold(type), "Float cannot hold this element type")
    let run = PackedRun(source: source, count: count, isSwapped: type.isSwapped)
    switch (type.kind, type.byteSize) {
    case (.float, 2): run.convert(UInt16.self, into: output) { Float(Float16(bitPattern: $0)) }
    case (.float, _): run.convert(UInt32.self, into: output) { Float(bitPattern: $0) }
    case (.signedInteger, 1): run.convert(Int8.self, into: output) { Float($0) }
    case (.signedInteger, _): run.convert(Int16.self, into: output) { Float($0) }
    case (.unsignedInteger, 1): run.convert(UInt8.self, into: output) { Float($0) }
    case (.unsignedInteger, _): run.convert(UInt16.self, into: output) { Float($0) }
    case (.boolean, _): run.convert(UInt8.self, into: output) { $0 == 0 ? 0 : 1 }
    }
  }
}

extension Int32: NumPyValue {
  /// `<i4`.
  public static var elementType: NumPyElementType { .int32 }

  /// Integers of up to 32 bits that fit, booleans.
  public static func canHold(_ type: NumPyElementType) -> Bool {
    switch type.kind {
    case .float: false
    case .signedInteger: type.byteSize <= 4
    case .unsignedInteger: type.byteSize <= 2
    case .boolean: true
    }
  }

  /// Converts packed elements; see `NumPyValue`.
  public static func decode(
    _ source: UnsafeRawPointer, of type: NumPyElementType, count: Int,
    into output: UnsafeMutablePointer<Int32>
  ) {
    precondition(canHold(type), "Int32 cannot hold this element type")
    let run = PackedRun(source: source, count: count, isSwapped: type.isSwapped)
    switch (type.kind, type.byteSize) {
    case (.signedInteger, 1): run.convert(Int8.self, into: output) { Int32($0) }
    case (.signedInteger, 2): run.convert(Int16.self, into: output) { Int32($0) }
    case (.unsignedInteger, 1): run.convert(UInt8.self, into: output) { Int32($0) }
    case (.unsignedInteger, _): run.convert(UInt16.self, into: output) { Int32($0) }
    case (.boolean, _): run.convert(UInt8.self, into: output) { $0 == 0 ? 0 : 1 }
    case (.float, _), (.signedInteger, _): run.convert(Int32.self, into: output) { $0 }
    }
  }
}

/// Elements of equal size without gaps, at any alignment.
private struct PackedRun {
  let source: UnsafeRawPointer
  let count: Int
  let isSwapped: Bool

  /// One loop for each width and byte order, so that the compiler sees straight code.
  @inline(__always)
  func convert<Bits: FixedWidthInteger & BitwiseCopyable, Value>(
    _ bits: Bits.Type, into output: UnsafeMutablePointer<Value>, _ value: (Bits) -> Value
  ) {
    let size = MemoryLayout<Bits>.size
    if isSwapped {
      for i in 0..<count {
        output[i] = value(source.loadUnaligned(fromByteOffset: i &* size, as: Bits.self).byteSwapped)
      }
    } else {
      for i in 0..<count {
        output[i] = value(source.loadUnaligned(fromByteOffset: i &* size, as: Bits.self))
      }
    }
  }
}
