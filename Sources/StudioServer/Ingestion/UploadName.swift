import Datasets
import Foundation
import Synchronization

/// The name of an uploaded file, made safe: it names no folder, is not hidden, and fits every file system.
struct UploadName: Equatable {
  /// As the recording is called: without folders, control characters, and the extension of a known format.
  let display: String
  /// As its file is called, without extension.
  let stem: String
  /// A known extension, in lower case; empty without one.
  let fileExtension: String
  /// As the client called it, without folders; label files name it so, and labels begin it.
  let original: String

  /// Bytes of a recording's name. File systems take 255 for a name, and some is added to it.
  static let mostBytes = 200

  /// What a file without a usable name is called.
  private static let nameless = "recording"

  /// - Parameter text: as the client sent it; anything.
  init(_ text: String) {
    let last = text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }).last
    let plain = String(
      String.UnicodeScalarView(
        String(last.map(Substring.init) ?? "").unicodeScalars.map { Self.isHarmless($0) ? $0 : "_" }))
    original = plain
    let bytes = plain.utf8
    let dot = bytes.lastIndex(of: UInt8(ascii: "."))
    let ending = dot.map { Substring(bytes[bytes.index(after: $0)...]).lowercased() } ?? ""
    let isKnown = Self.extensions.contains { $1.contains(ending) }
    fileExtension = isKnown ? ending : ""
    var name = plain
    if isKnown, let dot { name = String(plain[..<dot]) }
    name = name.trimmingCharacters(in: .whitespaces)
    name = Self.cut(name, to: Self.mostBytes)
    if name.utf8.allSatisfy({ $0 == UInt8(ascii: ".") }) { name = Self.nameless }
    display = name
    let dots = name.utf8.prefix { $0 == UInt8(ascii: ".") }.count
    stem = String(repeating: "_", count: dots) + (String(name.utf8.dropFirst(dots)) ?? "")
  }

  /// With an id behind the name, as Studio makes them.
  func appending(id: String) -> UploadName {
    UploadName(display: "\(display).\(id)", stem: "\(stem).\(id)", fileExtension: fileExtension, original: original)
  }

  private init(display: String, stem: String, fileExtension: String, original: String) {
    self.display = display
    self.stem = stem
    self.fileExtension = fileExtension
    self.original = original
  }

  /// Extensions by the names of formats in `RecordingFacts`; the first is what a file without one gets.
  static let extensions: [String: [String]] = [
    "json": ["json"], "cbor": ["cbor"], "wav": ["wav", "rf64", "w64"], "flac": ["flac"], "csv": ["csv", "txt"],
    "npy": ["npy"], "png": ["png"], "jpeg": ["jpg", "jpeg"],
  ]

  /// The extension that a recording of a format is stored with.
  func storedExtension(format: String) -> String {
    let all = Self.extensions[format] ?? [format]
    return all.contains(fileExtension) ? fileExtension : all.first ?? format
  }

  /// No control character, no line break, nothing that turns the direction of text.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate: return false
    default: return !scalar.properties.isBidiControl
    }
  }

  /// The longest beginning that ends with a whole scalar.
  private static func cut(_ text: String, to bytes: Int) -> String {
    if text.utf8.count <= bytes { return text }
    var scalars = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      count += UTF8.width(scalar)
      if count > bytes { break }
      scalars.append(scalar)
    }
    return String(scalars)
  }
}

/// Ids by date: milliseconds since 2019, in base 32, as Studio appends them to names. No two are the same.
final class DateIDs: Sendable {
  private static let epoch = 1_546_300_800_000
  private let last = Mutex(0)

  func next(_ date: Date = Date()) -> String {
    let now = Int(exactly: (date.timeIntervalSince1970 * 1000).rounded()).map { $0 - Self.epoch } ?? 0
    return last.withLock { last in
      last = max(now, last + 1)
      return String(last, radix: 32)
    }
  }
}
