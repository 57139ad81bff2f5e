import ArgumentParser
import Datasets
import Foundation

/// How files are read where their formats leave room, for every command that reads recordings.
struct ReadingFlags: ParsableArguments {
  @Option(
    help: """
      Verify the signatures of acquisition files with the HMAC key in this file. Without it the key is that of the \
      environment variable EI_HMAC_KEY; without either, signatures are not looked at.
      """)
  var hmacKeyFile: String?

  @Option(help: "The HMAC key itself. Other users of the machine can see it: prefer --hmac-key-file.")
  var hmacKey: String?

  @OptionGroup(title: "Tables (CSV and TXT)")
  var table: TableFlags

  /// The longest key file. Studio's keys have 32 characters.
  private static let keySizeLimit = 64 << 10

  func validate() throws {
    if hmacKey != nil, hmacKeyFile != nil {
      throw ValidationError("--hmac-key and --hmac-key-file exclude each other.")
    }
    if hmacKey?.isEmpty == true { throw ValidationError("--hmac-key must not be empty.") }
  }

  /// How files are read.
  /// - Throws: `ParameterFileError` for the table options; `DatasetError` when the key's file cannot be read or holds no key.
  var reading: ReadingOptions {
    get throws {
      var options = ReadingOptions()
      options.table = try table.options
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
