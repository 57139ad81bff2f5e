/// Writes an `.npy` file row by row when the number of rows is not known in advance.
///
/// The bytes are those of `numpy.save` for the same array in C order: format 1.0, header padded to a multiple
/// of 64. The place of the header stays empty until `finish()`, so a file that was left half way is not a
/// valid `.npy`. The writer neither renames nor removes: the caller picks a temporary name.
///
/// Rows go to the system as they come: append batches of some hundred kilobytes, not single rows. A writer
/// belongs to one task at a time; it is not `Sendable`, but a fresh one can be sent.
public final class NumPyWriter {
  /// Type of an element.
  public let element: NumPyElementType
  /// Elements in a row, or nil for an array of one dimension.
  public let columns: Int?
  /// Rows in the file.
  public private(set) var rowCount = 0

  private let file: OutputFile
  private let rowSize: Int
  private let dataOffset: Int

  /// Creates the file.
  ///
  /// - Parameters:
  ///   - path: A name that does not exist yet; an existing file is never touched.
  ///   - element: `.float32` for features, `.int32` for labels, `.float64`.
  ///   - columns: Elements in a row, 1 or more; nil writes an array of one dimension.
  /// - Throws: `NumPyError` with reason `unwritable` and the system's words; `system` where it has run out of open files.
  public convenience init(
    path: String, element: NumPyElementType, columns: Int?
  ) throws(NumPyError) {
    self.init(file: try OutputFile(creating: path), element: element, columns: columns)
  }

  init(file: OutputFile, element: NumPyElementType, columns: Int?) {
    precondition(columns ?? 1 >= 1, "A row has at least one column")
    self.file = file
    self.element = element
    self.columns = columns
    rowSize = (columns ?? 1) * element.byteSize
    dataOffset = NumPyHeader.encoded(elementType: element, shape: [0] + (columns.map { [$0] } ?? [])).count
  }

  /// Appends whole rows, given as the bytes of their elements in the element's byte order.
  ///
  /// - Parameter bytes: A multiple of the row's size; none is fine.
  /// - Throws: `NumPyError` with reason `unwritable`: disk or quota full, I/O error. The message has the bytes
  ///   that were wanted. None of these rows count then; the call may be tried again.
  /// - Complexity: One system call for each call; no allocation.
  public func append(_ bytes: UnsafeRawBufferPointer) throws(NumPyError) {
    precondition(file.isOpen, "The writer is finished")
    precondition(bytes.count.isMultiple(of: rowSize), "Append takes whole rows")
    try file.write(bytes, at: dataOffset + rowCount * rowSize)
    rowCount += bytes.count / rowSize
  }

  /// Appends whole rows of numbers. `Value.elementType` is the writer's element type.
  ///
  /// - Parameter values: A multiple of `columns` numbers.
  /// - Throws: As the append of bytes.
  public func append<Value: NumPyValue>(_ values: [Value]) throws(NumPyError) {
    precondition(Value.elementType == element, "The numbers are of the writer's element type")
    try Self.withBytes(of: values) { bytes throws(NumPyError) in try append(bytes) }
  }

  /// Takes back rows from the end, for a recording that turns out bad half way.
  ///
  /// - Parameter rows: Rows to keep, at most `rowCount`.
  /// - Throws: `NumPyError` with reason `unwritable`.
  public func truncate(toRows rows: Int) throws(NumPyError) {
    precondition(file.isOpen, "The writer is finished")
    precondition(rows >= 0 && rows <= rowCount, "Truncate keeps at most the rows that are there")
    try file.truncate(to: dataOffset + rows * rowSize)
    rowCount = rows
  }

  /// Writes the header, syncs the file to disk and closes it. The file is a valid `.npy` from here on.
  ///
  /// Call it once; the name and the folder entry are the caller's to sync.
  /// - Throws: `NumPyError` with reason `unwritable`. The file is not to be used then, and without a call the
  ///   writer closes it when it goes away.
  public func finish() throws(NumPyError) {
    precondition(file.isOpen, "The writer is finished")
    // A failed append may have left part of its rows behind the last good one.
    try file.truncate(to: dataOffset + rowCount * rowSize)
    try Self.finish(file, element: element, shape: [rowCount] + (columns.map { [$0] } ?? []))
  }

  /// Writes a whole array of any shape.
  ///
  /// - Parameters:
  ///   - values: The elements in C order, as many as the shape asks for.
  ///   - shape: Up to 64 dimensions; empty for a single number without dimensions.
  ///   - path: A name that does not exist yet.
  /// - Throws: `NumPyError` with reason `unwritable`. A file that was begun stays, without a valid header.
  public static func write<Value: NumPyValue>(
    _ values: [Value], shape: [Int], to path: String
  ) throws(NumPyError) {
    let element = Value.elementType
    precondition(
      NumPyHeader.elementCount(of: shape, byteSize: element.byteSize) == values.count,
      "The shape asks for as many values as are given")
    let file = try OutputFile(creating: path)
    let dataOffset = NumPyHeader.encoded(elementType: element, shape: shape).count
    try withBytes(of: values) { bytes throws(NumPyError) in try file.write(bytes, at: dataOffset) }
    try finish(file, element: element, shape: shape)
  }

  private static func finish(
    _ file: OutputFile, element: NumPyElementType, shape: [Int]
  ) throws(NumPyError) {
    let header = NumPyHeader.encoded(elementType: element, shape: shape)
    try withBytes(of: header) { bytes throws(NumPyError) in try file.write(bytes, at: 0) }
    try file.sync()
    try file.close()
  }

  /// The bytes of an array, which must be little-endian as the written types say.
  private static func withBytes<Element: BitwiseCopyable>(
    of values: [Element], _ body: (UnsafeRawBufferPointer) throws(NumPyError) -> Void
  ) throws(NumPyError) {
    #if _endian(big)
      #error("Arrays are written in the machine's byte order, which must be little-endian")
    #endif
    var result = Result<Void, NumPyError>.success(())
    values.withUnsafeBytes { bytes in
      do throws(NumPyError) { try body(bytes) } catch { result = .failure(error) }
    }
    try result.get()
  }
}
