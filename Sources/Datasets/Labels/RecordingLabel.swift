/// A run of rows with one label.
public struct LabelSpan: Sendable, Hashable {
  /// First row, from 0.
  public var start: Int
  /// Last row, inclusive.
  public var end: Int
  /// The label of these rows.
  public var label: String

  /// Creates a span. Both rows belong to it.
  public init(start: Int, end: Int, label: String) {
    self.start = start
    self.end = end
    self.label = label
  }
}

/// What a recording shows.
public enum RecordingLabel: Sendable, Hashable {
  /// Nobody has said.
  case unlabeled
  /// The same from the first row to the last.
  case single(String)
  /// Different things in turn. A dataset gives spans that are disjoint, in row order, with labels that are not empty
  /// and differ from one span to the next where they touch; see ``LabelSpan/flattened(_:)``. Rows that no span holds
  /// have no label.
  case multi([LabelSpan])

  /// The label that a file name begins with: the leading run of letters, digits, white space, `-` and
  /// `_`. `wave.1.cbor` gives `wave`; a name that begins otherwise gives `unlabeled`.
  public init(fileName: String) {
    let run = fileName.unicodeScalars.prefix { scalar in
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
      // Marks belong to the letter before them.
      case .nonspacingMark, .spacingMark, .enclosingMark: true
      case .decimalNumber, .letterNumber, .otherNumber: true
      default: scalar.properties.isWhitespace || scalar == "-" || scalar == "_"
      }
    }
    self = run.isEmpty ? .unlabeled : .single(String(run))
  }

  /// The label that the innermost folder `name.class` gives, the layout of OpenMV; nil without one.
  init?(classFolderOf path: String) {
    let mark = ".class".utf8
    let folders = RecordingName.components(path).dropLast()
    guard
      let folder = folders.last(where: { $0.utf8.count > mark.count && $0.utf8.suffix(mark.count).elementsEqual(mark) })
    else { return nil }
    self = .single(String(Substring(folder.utf8.dropLast(mark.count))))
  }

  /// A label as Studio lists it, where the empty text stands for none.
  init(listed label: String) {
    self = label.isEmpty ? .unlabeled : .single(label)
  }
}
