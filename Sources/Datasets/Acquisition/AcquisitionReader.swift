/// Reads the acquisition format: `{protected, signature, payload: {device_name, device_type,
/// interval_ms, sensors: [{name, units}], values}}`, as JSON or as CBOR; there the rows may follow
/// the document as a binary tail. With an HMAC key the signature is verified: rows come as they are read, and the
/// error comes in place of the end.
///
/// All rows are given, whatever a payload says of `cropStart` and `cropEnd`: those keys are of Studio's API, where
/// they tell what has been cut already. An exported crop is a file of its own.
///
/// Keys come in any order. Rows that precede what is needed to cut them are skipped, the document is
/// walked to its end, and the reader goes back to them.
///
/// One thread at a time, see ``RecordingReader``; that promise is what `@unchecked Sendable` rests on.
final class AcquisitionReader<Tokens: AcquisitionTokenizer>: RecordingReader, @unchecked Sendable {
  private enum Stage {
    /// The next item of `values` follows.
    case rows
    /// As `rows`, in a document whose remainder has been read before.
    case rowsAgain
    /// The rows follow the document.
    case tail(BinaryTail)
    case finished
    case failed(DatasetError)
  }

  private(set) var header: RecordingHeader
  private(set) var fingerprint: String?
  private(set) var remarks: [String] = []
  /// Known where the rows are a binary tail.
  private(set) var rowCount: Int?
  private let isSigned: Bool
  private var walk: AcquisitionWalk<Tokens>
  private var assembler: RowAssembler
  private var stage: Stage

  /// Reads up to the rows.
  init(_ tokens: Tokens, _ options: ReadingOptions) throws(DatasetError) {
    let source = tokens.source
    if let key = options.hmacKey { source.authenticate(key: key) }
    isSigned = options.hmacKey != nil
    walk = AcquisitionWalk(tokens)
    let place = try walk.run()
    header = try walk.head.header(at: walk.payloadEnd, file: source.file)
    switch place {
    case .atRows:
      stage = .rows
    case .atEnd(let values):
      if let reference = walk.tail {
        let tail = try BinaryTail(reference, sensors: header.sensors.count, source)
        if walk.head.isSingleRow, tail.rowCount > 1 {
          throw DatasetError(
            file: source.file, position: .row(1, byte: tail.start + tail.format.width),
            expected: "a single row, as an interval_ms of 0 says", found: "\(tail.rowCount)")
        }
        rowCount = tail.rowCount
        stage = .tail(tail)
        break
      }
      guard let values else {
        throw walk.head.missing("values", at: walk.payloadEnd, file: source.file)
      }
      fingerprint = source.fingerprint()
      if isSigned, let remark = try walk.signature.verify(source) { remarks.append(remark) }
      walk.tokens = values.tokens
      source.rewind(to: values.offset)
      guard case .beginList = try walk.tokens.next() else {
        throw walk.tokens.error(expected: "an array", found: "a file that has changed")
      }
      stage = .rowsAgain
    }
    assembler = RowAssembler(
      width: header.sensors.count, file: source.file, isSingleRow: walk.head.isSingleRow)
    walk.tokens.expectation = "a number"
  }

  var bytesRead: Int { walk.tokens.source.hashedBytes }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    switch stage {
    case .finished: return 0
    case .failed(let error): throw error
    case .rows, .rowsAgain, .tail: break
    }
    precondition(buffer.count >= assembler.width, "the buffer must hold a row")
    do {
      if case .tail(var tail) = stage {
        let count = try tail.read(into: buffer, walk.tokens.source)
        stage = .tail(tail)
        if count == 0 { try finish() }
        return count
      }
      assembler.begin(buffer)
      try fill()
      return assembler.filled
    } catch {
      stage = .failed(error)
      throw error
    }
  }

  private func fill() throws(DatasetError) {
    while assembler.hasRoom {
      if let isNested = assembler.fastShape {
        assembler.advance(
          walk.tokens.fastRows(into: assembler.room, width: assembler.width, isNested: isNested))
        if !assembler.hasRoom { return }
      }
      if try step() { return try finish() }
    }
  }

  /// One token of `values`. True when the list has ended.
  private func step() throws(DatasetError) -> Bool {
    let token = try walk.tokens.next()
    let offset = walk.tokens.tokenStart
    switch token {
    case .number(let value):
      try assembler.number(value, text: walk.tokens.numberText(value), at: offset)
    case .beginList:
      try assembler.beginList(walk.tokens.describe(token), at: offset)
    case .endList:
      return try assembler.endList(at: offset)
    default:
      throw assembler.refusal(walk.tokens.describe(token), at: offset)
    }
    return false
  }

  /// All bytes have passed.
  private func finishBytes() throws(DatasetError) {
    if isSigned, let remark = try walk.signature.verify(walk.tokens.source) { remarks.append(remark) }
    fingerprint = walk.tokens.source.fingerprint()
  }

  /// Checks what follows the rows.
  private func finish() throws(DatasetError) {
    switch stage {
    case .rows:
      _ = try walk.run()
      header.deviceName = walk.head.deviceName
      header.deviceType = walk.head.deviceType
      try finishBytes()
    case .tail: try finishBytes()
    default: break
    }
    if let crop = walk.head.crop {
      let rows = [crop.start, crop.end].map { $0.map { "\($0)" } ?? "none" }
      remarks.append("its cropStart (\(rows[0])) and cropEnd (\(rows[1])) are not applied: all rows are read")
    }
    stage = .finished
  }
}
