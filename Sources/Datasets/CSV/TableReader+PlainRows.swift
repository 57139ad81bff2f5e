extension TableReader {
  /// Decodes rows that lie whole in the buffer and are written plainly: numbers as JSON has them, without blanks
  /// behind them; quotes at most around single numbers. Stops before any other row.
  /// - Returns: rows written; 0 when the next one must take the other road.
  func fastRows(into rows: UnsafeMutablePointer<Double>, atMost count: Int) -> Int {
    let source = scanner.source
    let doubles = JSONNumber.doublePowers
    let integers = JSONNumber.integerPowers
    let delimiter = head.delimiter
    // Where commas separate, none is a decimal point.
    let comma = delimiter == UInt8(ascii: ",") ? UInt8(ascii: ".") : UInt8(ascii: ",")
    let skipsBlanks = delimiter != UInt8(ascii: " ")
    // Up to here a field may begin: `reach` bytes behind it are in the buffer.
    let last = UnsafePointer(source.base + source.end) - ShortDecimal.reach - 2
    let width = head.sensors.count
    var p = UnsafePointer(source.base + source.cursor)
    var out = rows
    var done = 0
    let roles = head.roles
    let line = scanner.line
    let timing = roles.withUnsafeBufferPointer { roles -> TableTiming in
      var timing = self.timing
      decoding: while done < count {
        var q = p
        var instant: Double?
        for column in 0..<roles.count {
          while skipsBlanks, q[0] == UInt8(ascii: " ") { q += 1 }
          if q > last { break decoding }
          let role = roles[column]
          if role >= 0 || role == TableHead.numericTime {
            let isQuoted = q[0] == TableScanner.quote
            if isQuoted { q += 1 }
            var value = 0.0
            if !ShortDecimal.scan(&q, comma: comma, doubles, integers, into: &value) {
              guard JSONNumber.scan(&q, doubles, integers, into: &value) == .exact else { break decoding }
            }
            if isQuoted {
              guard q[0] == TableScanner.quote else { break decoding }
              q += 1
            }
            if role >= 0 {
              out[Int(role)] = value
            } else {
              guard abs(value) <= timing.plainLimit else { break decoding }
              instant = value
            }
          } else {
            let field = q
            guard Self.skipField(&q, delimiter, last) else { break decoding }
            if role == TableHead.spelledTime {
              let text = UnsafeBufferPointer(start: field, count: q - field)
              guard let time = TableInstant(text, format: timing.format) else { break decoding }
              instant = timing.value(time)
            }
          }
          if column + 1 < roles.count {
            guard q[0] == delimiter else { break decoding }
            q += 1
          }
        }
        if q[0] == UInt8(ascii: "\r") { q += 1 }
        guard q[0] == TableScanner.lineFeed, q - p <= ByteSource.tokenLimit else { break }
        // The other road tells what is wrong with time that runs back.
        if let instant, !timing.note(value: instant, line: line + done) { break }
        p = q + 1
        out += width
        done += 1
      }
      return timing
    }
    if done > 0 {
      self.timing = timing
      scanner.advance(lines: done, to: p - UnsafePointer(source.base))
    }
    return done
  }

  /// Moves to the delimiter or line end behind a field without quotes. False for any other.
  @inline(__always)
  private static func skipField(
    _ p: inout UnsafePointer<UInt8>, _ delimiter: UInt8, _ last: UnsafePointer<UInt8>
  ) -> Bool {
    let start = p
    while p <= last {
      let word = ByteWord(p)
      let stops = word.matches(delimiter) | word.matches(TableScanner.lineFeed) | word.matches(TableScanner.quote)
      if stops == 0 {
        p += 8
        continue
      }
      p += stops.trailingZeroBitCount >> 3
      if p[0] == TableScanner.quote { return false }
      // The CR of a CRLF belongs to the line end; an empty field has none before it.
      if p > start, p[0] == TableScanner.lineFeed, p[-1] == UInt8(ascii: "\r") { p -= 1 }
      return true
    }
    return false
  }
}
