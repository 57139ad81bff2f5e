/// The word that someone who wrote `name` most likely means: one that begins with it or contains it, else the one with
/// the fewest edits. By edits alone `spectral` is nearer to `raw` than to `spectral-analysis`.
func nearest(to name: String, in words: [String]) -> String? {
  let name = String(name.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
  func canonical(_ word: String) -> String { String(word.lowercased().map { $0 == "_" ? "-" : $0 }) }
  if !name.isEmpty, let word = words.first(where: { canonical($0).contains(name) }) { return word }
  return words.min { editDistance(canonical($0), name) < editDistance(canonical($1), name) }
}

/// Insertions, deletions and replacements that turn one word into another (Levenshtein, 1966).
///
/// Only the first 64 characters count, so cost is bounded.
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.prefix(64))
  let b = Array(b.prefix(64))
  var previous = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var current = [i + 1]
    for (j, y) in b.enumerated() {
      current.append(min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, current[j] + 1))
    }
    previous = current
  }
  return previous[b.count]
}
