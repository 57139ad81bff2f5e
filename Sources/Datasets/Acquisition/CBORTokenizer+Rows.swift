extension CBORTokenizer {
  /// See `AcquisitionTokenizer`.
  mutating func fastRows(into rows: UnsafeMutableBufferPointer<Double>, width: Int, isNested: Bool) -> Int {
    guard var out = rows.baseAddress, let top = frames.indices.last, !frames[top].isMap else { return 0 }
    let count = rows.count / width
    // An item of the list is a row, or one number of a row.
    let itemsEach = isNested ? 1 : width
    let limit = min(count, frames[top].due.map { $0 / itemsEach } ?? count)
    // No row takes more bytes than this: a head of 3, numbers of 9, a break code. Rows whose bytes
    // might not all be there are left to `next`.
    let most = 4 + 9 * width
    var p = UnsafePointer(source.base + source.cursor)
    let last = UnsafePointer(source.base + source.end) - most
    var done = 0
    decoding: while done < limit, p <= last {
      var q = p
      var isOpen = false
      if isNested {
        guard Self.rowHead(&q, width: width, isOpen: &isOpen) else { break }
      }
      for column in 0..<width {
        guard CBORNumber.decode(&q, into: &out[column]) else { break decoding }
      }
      if isOpen {
        guard q[0] == 0xFF else { break }
        q += 1
      }
      p = q
      out += width
      done += 1
    }
    source.cursor = p - UnsafePointer(source.base)
    if let due = frames[top].due { frames[top].due = due - done * itemsEach }
    return done
  }

  /// Passes the head of an array of `width` items, or of an indefinite one.
  @inline(__always)
  private static func rowHead(_ p: inout UnsafePointer<UInt8>, width: Int, isOpen: inout Bool) -> Bool {
    let initial = p[0]
    p += 1
    switch initial {
    case 0x80...0x97: return Int(initial & 31) == width
    case 0x98:
      p += 1
      return Int(p[-1]) == width
    case 0x99:
      p += 2
      return Int(p[-2]) << 8 | Int(p[-1]) == width
    case 0x9F:
      isOpen = true
      return true
    default: return false
    }
  }
}
