/// Reads the acquisition format: `{protected, signature, payload: {device_name, device_type,
/// interval_ms, sensors: [{name, units}], values}}`, as JSON or as CBOR. Signatures are not verified.
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
    case finished
    case failed(DatasetError)
  }

  private(set) var header: RecordingHeader
  private(set) var fingerprint: String?
  private var walk: AcquisitionWalk<Tokens>
  private var assembler: RowAssembler
  private var stage: Stage

  /// Reads up to the rows.
  init(_ tokens: Tokens) throws(DatasetError) {
    let source = tokens.source
    walk = AcquisitionWalk(tokens)
    let place = try walk.run()
    header = try walk.head.header(at: walk.payloadEnd, file: source.file)
    switch place {
    case .atRows:
      stage = .rows
    case .atEnd(let values):
      guard let values else {
        throw walk.head.missing("values", at: walk.payloadEnd, file: source.file)
      }
      fingerprint = source.fingerprint()
      walk.tokens = values.tokens
      source.rewind(to: values.offset)
      guard case .beginList = try walk.tokens.next() else {
        throw walk.tokens.error(expected: "an array", found: "a file that has changed")
      }
      stage = .rowsAgain
    }
    assembler = RowAssembler(width: header.sensors.count, file: source.file)
    walk.tokens.expectation = "a number"
  }

  var bytesRead: Int { walk.tokens.source.hashedBytes }

  func readRows(into buffer: UnsafeMutableBufferPointer<Double>) throws(DatasetError) -> Int {
    switch stage {
    case .finished: return 0
    case .failed(let error): throw error
    case .rows, .rowsAgain: break
    }
    precondition(buffer.count >= assembler.width, "the buffer must hold a row")
    do {
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
    case .text:
      throw assembler.refusal(
        walk.tokens.describe(token), text: walk.tokens.text.string, at: offset)
    default:
      throw assembler.refusal(walk.tokens.describe(token), text: nil, at: offset)
    }
    return false
  }

  /// Checks what follows the rows.
  private func finish() throws(DatasetError) {
    if case .rows = stage {
      _ = try walk.run()
      header.deviceName = walk.head.deviceName
      header.deviceType = walk.head.deviceType
      fingerprint = walk.tokens.source.fingerprint()
    }
    stage = .finished
  }
}
