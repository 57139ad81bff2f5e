import Glibc

/// Prose on lines that fit the terminal.
enum TextParagraph {
  /// Width where standard output is no terminal, and the widest that is easy to read.
  static let width = 100

  /// A text cut at blanks into indented lines, each with its line break; a word longer than a line stays whole.
  ///
  /// - Parameter width: characters of a line; those of the terminal, 100 at most, unless given.
  static func wrapped(_ text: String, indent: Int = 0, width: Int? = nil) -> String {
    let most = (width ?? min(Self.width, terminalWidth ?? Self.width)) - indent
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= most {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    let margin = String(repeating: " ", count: indent)
    return lines.map { margin + $0 + "\n" }.joined()
  }

  /// Columns of the terminal at standard output; nil where there is none, or one too narrow to wrap for.
  private static var terminalWidth: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return nil }
    return Int(size.ws_col)
  }
}
