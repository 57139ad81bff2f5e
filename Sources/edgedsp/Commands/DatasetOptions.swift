import ArgumentParser
import Datasets
import Foundation

/// How a dataset is read: what its files and folders leave open.
struct DatasetOptions: ParsableArguments {
  @Option(
    help: """
      Verify the signatures of acquisition files with the HMAC key in this file. Without it the key is that of the \
      environment variable EI_HMAC_KEY; without either, signatures are not looked at.
      """)
  var hmacKeyFile: String?

  @Option(help: "The HMAC key itself. Other users of the machine can see it: prefer --hmac-key-file.")
  var hmacKey: String?

  @Option(
    help: """
      Deal out recordings that no label file and no folder puts into training or testing: md5, by the file's bytes, \
      about 80 to 20. Default: they are training.
      """)
  var split: CategorySplit?

  @Option(
    help: """
      Use only a share of the recordings: PERCENT or PERCENT:SEED. Overrides the impulse's datasetSubset. The choice \
      is the same every time, but not Studio's.
      """)
  var subset: DatasetSubset?

  /// The longest key file. Studio's keys have 32 characters.
  private static let keySizeLimit = 64 << 10

  func validate() throws {
    if hmacKey != nil, hmacKeyFile != nil {
      throw ValidationError("--hmac-key and --hmac-key-file exclude each other.")
    }
    if hmacKey?.isEmpty == true { throw ValidationError("--hmac-key must not be empty.") }
  }

  /// How files are read.
  /// - Throws: `DatasetError` when the key's file cannot be read or holds no key.
  var reading: ReadingOptions {
    get throws {
      var options = ReadingOptions()
      options.hmacKey = try key
      return options
    }
  }

  private var key: String? {
    get throws {
      if let hmacKey { return hmacKey }
      guard let hmacKeyFile else {
        let key = ProcessInfo.processInfo.environment["EI_HMAC_KEY"]
        return key?.isEmpty == true ? nil : key
      }
      let data = try JSONFile(path: hmacKeyFile, sizeLimit: Self.keySizeLimit, acceptsPipes: true).data
      // Editors end the last line; the key does not.
      var bytes = [UInt8](data)
      if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
      if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
      guard let key = String(validating: bytes, as: UTF8.self), !key.isEmpty else {
        throw DatasetError(
          file: hmacKeyFile, expected: "an HMAC key", found: bytes.isEmpty ? "nothing" : "bytes that are not UTF-8")
      }
      return key
    }
  }
}

extension CategorySplit: ExpressibleByArgument {}

extension DatasetSubset: ExpressibleByArgument {
  /// `20` or `20:7`.
  public init?(argument: String) {
    let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let percentage = parts.first.flatMap({ Double($0) }), let seed = parts.count < 2 ? 0 : Int(parts[1])
    else { return nil }
    self.init(includePercentage: percentage, seed: seed)
  }
}
