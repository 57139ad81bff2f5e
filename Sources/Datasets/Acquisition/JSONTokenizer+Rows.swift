extension JSONTokenizer {
  /// See `AcquisitionTokenizer`.
  mutating func fastRows(into rows: UnsafeMutableBufferPointer<Double>, width: Int, isNested: Bool) -> Int {
    guard var out = rows.baseAddress, state == .firstItem || state == .afterItem else { return 0 }
    let count = rows.count / width
    let doubles = JSONNumber.doublePowers
    let integers = JSONNumber.integerPowers
    var isFirst = state == .firstItem
    var p = UnsafePointer(source.base + source.cursor)
    var done = 0
    // The zero byte behind the buffer matches nothing below, so that a row that is cut off by the end
    // of the buffer fails a guard and is left to `next`.
    decoding: while done < count {
      var q = p
      if isNested {
        if !isFirst {
          Self.skipBlanks(&q)
          guard q[0] == UInt8(ascii: ",") else { break }
          q += 1
        }
        Self.skipBlanks(&q)
        guard q[0] == UInt8(ascii: "[") else { break }
        q += 1
      }
      for column in 0..<width {
        if isNested ? column > 0 : !(isFirst && column == 0) {
          Self.skipBlanks(&q)
          guard q[0] == UInt8(ascii: ",") else { break decoding }
          q += 1
        }
        Self.skipBlanks(&q)
        guard JSONNumber.scan(&q, doubles, integers, into: &out[column]) == .exact else { break decoding }
      }
      Self.skipBlanks(&q)
      if isNested {
        guard q[0] == UInt8(ascii: "]") else { break }
        q += 1
      } else {
        // Without a delimiter in sight the last number may go on behind the buffer.
        guard q[0] == UInt8(ascii: ",") || q[0] == UInt8(ascii: "]") else { break }
      }
      p = q
      isFirst = false
      out += width
      done += 1
    }
    if done > 0 {
      source.cursor = p - UnsafePointer(source.base)
      state = .afterItem
    }
    return done
  }

  @inline(__always)
  private static func skipBlanks(_ p: inout UnsafePointer<UInt8>) {
    while p[0] <= 0x20, p[0] == 0x20 || p[0] == 0x0A || p[0] == 0x0D || p[0] == 0x09 { p += 1 }
  }
}
