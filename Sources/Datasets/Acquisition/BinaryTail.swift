/// Numbers that follow a CBOR document instead of standing in it: little-endian, without gaps, up to the end of the
/// file. Only recordings with one axis have them.
struct BinaryTail {
  /// How a number is written.
  enum Format: String, CaseIterable {
    case u8, u16, u32, i8, i16, i32, f32

    /// Bytes of a number.
    var width: Int {
      switch self {
      case .u8, .i8: 1
      case .u16, .i16: 2
      case .u32, .i32, .f32: 4
      }
    }
  }

  let format: Format
  /// File offset of the first number.
  let start: Int
  /// Rows in all, a number each.
  let rowCount: Int
  /// Rows decoded.
  private(set) var row = 0

  /// - Parameter source: stands behind the document.
  /// - Throws: `DatasetError` when there are several axes, or bytes left over.
  init(_ reference: Reference, sensors: Int, _ source: ByteSource) throws(DatasetError) {
    if sensors != 1 {
      throw DatasetError(
        file: source.file, position: .byte(reference.position), expected: "one sensor for a binary tail",
        found: "\(sensors)")
    }
    format = reference.format
    start = source.position
    let bytes = max(0, source.size - start)
    rowCount = bytes / format.width
    if bytes % format.width != 0 {
      throw DatasetError(
        file: source.file, position: .byte(start + rowCount * format.width),
        expected: "a number of \(format.width) bytes", found: "\(bytes % format.width) at the end of the file")
    }
  }

  /// Decodes as many rows as fit. 0 at the end, when nothing follows.
  mutating func read(
    into rows: UnsafeMutableBufferPointer<Double>, _ source: ByteSource
  ) throws(DatasetError) -> Int {
    guard let base = rows.baseAddress else { return 0 }
    var done = 0
    while done < rows.count, row < rowCount {
      guard try source.ensure(format.width) else {
        throw DatasetError(
          file: source.file, position: .byte(source.position), expected: "\(rowCount) numbers behind the document",
          found: "\(row), in a file that has been cut")
      }
      let count = min(rows.count - done, rowCount - row, (source.end - source.cursor) / format.width)
      Self.decode(source.base + source.cursor, format, count: count, into: base + done)
      if format == .f32, let wrong = Self.firstNonFinite(base + done, count: count) {
        let value = base[done + wrong]
        throw DatasetError(
          file: source.file,
          position: .row(row + wrong, byte: start + (row + wrong) * format.width), expected: "a finite number",
          found: value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
      }
      source.cursor += count * format.width
      row += count
      done += count
    }
    if done == 0, row == rowCount, try source.peek() != nil {
      throw DatasetError(
        file: source.file, position: .byte(source.position), expected: "the end of the file",
        found: "more bytes, in a file that has grown")
    }
    return done
  }

  // MARK: Numbers

  private static func decode(
    _ bytes: UnsafeMutablePointer<UInt8>, _ format: Format, count: Int, into out: UnsafeMutablePointer<Double>
  ) {
    let raw = UnsafeRawPointer(bytes)
    switch format {
    case .u8: convert(raw, UInt8.self, count, out) { Double($0) }
    case .i8: convert(raw, Int8.self, count, out) { Double($0) }
    case .u16: convert(raw, UInt16.self, count, out) { Double(UInt16(littleEndian: $0)) }
    case .i16: convert(raw, Int16.self, count, out) { Double(Int16(littleEndian: $0)) }
    case .u32: convert(raw, UInt32.self, count, out) { Double(UInt32(littleEndian: $0)) }
    case .i32: convert(raw, Int32.self, count, out) { Double(Int32(littleEndian: $0)) }
    case .f32: convert(raw, UInt32.self, count, out) { Double(Float(bitPattern: UInt32(littleEndian: $0))) }
    }
  }

  @inline(__always)
  private static func convert<Stored: BitwiseCopyable>(
    _ raw: UnsafeRawPointer, _: Stored.Type, _ count: Int, _ out: UnsafeMutablePointer<Double>,
    _ value: (Stored) -> Double
  ) {
    let width = MemoryLayout<Stored>.size
    for index in 0..<count {
      out[index] = value(raw.loadUnaligned(fromByteOffset: index &* width, as: Stored.self))
    }
  }

  private static func firstNonFinite(_ values: UnsafeMutablePointer<Double>, count: Int) -> Int? {
    // 0 × x is 0 for all but NaN and the infinities; a sum of zeros needs no branch a number.
    var sum: SIMD4<Double> = .zero
    var index = 0
    while index + 4 <= count {
      sum += SIMD4(values[index], values[index + 1], values[index + 2], values[index + 3]) * 0
      index += 4
    }
    var isFinite = sum.sum().isFinite
    for rest in index..<max(index, count) where !values[rest].isFinite { isFinite = false }
    return isFinite ? nil : (0..<count).first { !values[$0].isFinite }
  }
}

extension BinaryTail {
  /// The text in `values` that announces the tail, such as `Ref-Binary-i16`. The case of its letters is of no account,
  /// and blanks may follow: devices reserve room for the longest name.
  struct Reference {
    let format: Format
    /// File offset of the text.
    let position: Int

    static let expectation =
      "numbers in \"values\", or Ref-Binary- and " + Format.allCases.map(\.rawValue).joined(separator: ", ")

    /// What a text in `values` says.
    enum Reading {
      case reference(Format)
      /// A picture or a video.
      case attachment
      /// A reference of a kind that is not known.
      case unknown
      /// No reference.
      case none

      init(_ text: String) {
        let prefix = "ref-binary-"
        let text = text.lowercased()
        guard text.utf8.starts(with: prefix.utf8) else {
          self = .none
          return
        }
        let name = text.utf8.dropFirst(prefix.utf8.count)
        if name.contains(UInt8(ascii: "/")) {
          self = .attachment
          return
        }
        let blanks = name.reversed().prefix { $0 == UInt8(ascii: " ") }.count
        self = Format(rawValue: String(Substring(name.dropLast(blanks)))).map { .reference($0) } ?? .unknown
      }
    }
  }
}
