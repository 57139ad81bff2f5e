import ArgumentParser

/// How many threads a command may be asked for.
enum ThreadLimit {
  /// - Throws: `ValidationError` for a number that is out of bounds; nil stands for the command's default.
  static func check(_ threads: Int?) throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads): must be from 1 to 1024.")
    }
  }
}
