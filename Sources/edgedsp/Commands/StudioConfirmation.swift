import ArgumentParser
import Glibc

/// Asks before something is changed that cannot be taken back.
enum StudioConfirmation {
  /// Returns when the answer is yes.
  ///
  /// - Parameters:
  ///   - question: without its question mark.
  ///   - isGiven: whether `--yes` was given.
  /// - Throws: `ValidationError` where nobody can be asked, `ExitCode` 1 where the answer is no.
  static func ask(_ question: String, isGiven: Bool) throws {
    if isGiven { return }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw ValidationError("\(question)? There is no terminal to ask on: give --yes. Nothing was changed.")
    }
    Terminal.writeError("\(question)? [y/N] ")
    let line = readLine()
    if line == nil { Terminal.writeError("\n") }
    let answer = (line ?? "").filter { !$0.isWhitespace }.lowercased()
    if answer == "y" || answer == "yes" { return }
    Terminal.writeError("nothing was changed\n")
    throw ExitCode(1)
  }
}
