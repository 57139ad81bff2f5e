import Datasets
import FeatureGeneration
import Foundation
import Glibc
import StudioAPI

/// A feature set of the store: what its metadata says, and its arrays.
struct GeneratedSet: Sendable {
  /// `metadata.json`.
  let metadata: JSONValue
  let windowCount: Int
  let featureCount: Int
  /// Class names; number `i + 1` in y.
  let labels: [String]
  private let store: FeatureStore
  private let block: ImpulseBlock
  private let category: Datasets.Category

  /// - Throws: `Refusal` where no features have been generated.
  init(store: FeatureStore, block: ImpulseBlock, category: Datasets.Category) throws(Refusal) {
    guard let metadata = store.metadata(block, category), case .integer(let windows)? = metadata["windowCount"],
      case .integer(let features)? = metadata["featureCount"]
    else {
      throw Refusal(
        "No features have been generated for block \(block.id) (\(block.name)), category \(category.rawValue)")
    }
    self.metadata = metadata
    windowCount = windows
    featureCount = features
    labels = metadata.list("labels").compactMap(\.text)
    (self.store, self.block, self.category) = (store, block, category)
  }

  /// One of the set's arrays.
  func open(_ name: String) throws -> ArrayRows {
    try ArrayRows(path: store.file(block, category, name), rows: windowCount)
  }
}

/// Single rows of an array file that this engine has written: values of four bytes behind its head.
final class ArrayRows {
  private let descriptor: CInt
  private let path: String
  private let start: Int
  private let rowBytes: Int

  /// - Throws: `Refusal` where the file is not there or has another size.
  init(path: String, rows: Int) throws {
    self.path = path
    descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Refusal("\(path) cannot be read: \(String(cString: strerror(errno)))") }
    var status = stat()
    var head = [UInt8](repeating: 0, count: 10)
    guard fstat(descriptor, &status) == 0, pread(descriptor, &head, 10, 0) == 10, head[6] == 1 else {
      close(descriptor)
      throw Refusal("\(path) is no array file of this engine")
    }
    start = 10 + Int(head[8]) + Int(head[9]) << 8
    let bytes = Int(status.st_size) - start
    guard rows > 0, bytes > 0, bytes % (4 * rows) == 0 else {
      close(descriptor)
      throw Refusal("\(path) does not have \(rows) rows")
    }
    rowBytes = bytes / rows
  }

  deinit { close(descriptor) }

  private func words<Word>(_ row: Int, _ type: Word.Type, zero: Word) throws -> [Word] {
    var values = [Word](repeating: zero, count: rowBytes / 4)
    let count = values.withUnsafeMutableBytes {
      pread(descriptor, $0.baseAddress, rowBytes, off_t(start + row * rowBytes))
    }
    guard count == rowBytes else { throw Refusal("\(path) ends early") }
    return values
  }

  /// A row of float32.
  func floats(row: Int) throws -> [Float] { try words(row, Float.self, zero: 0) }

  /// A row of int32.
  func integers(row: Int) throws -> [Int32] { try words(row, Int32.self, zero: 0) }
}
