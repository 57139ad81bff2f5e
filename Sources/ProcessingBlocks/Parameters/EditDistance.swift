/// The word that someone who wrote `name` most likely means; nil if none is like it.
///
/// A word that begins with `name`, contains it or begins it is one, from three characters on: by edits alone
/// `spectral` is nearer to `raw` than to `spectral-analysis`. Else it is the word with the fewest edits, if these are no
/// more than about a third of the longer word.
func nearest(to name: String, in words: [String]) -> String? {
  let name = canonical(name)
  let candidates = words.map { (word: $0, canonical: canonical($0)) }
  if name.count >= 3 {
    let like =
      candidates.first { $0.canonical.hasPrefix(name) } ?? candidates.first { $0.canonical.contains(name) }
      ?? candidates.first { $0.canonical.count >= 3 && name.hasPrefix($0.canonical) }
    if let like { return like.word }
  }
  let distances = candidates.map { editDistance($0.canonical, name) }
  guard let best = distances.indices.min(by: { distances[$0] < distances[$1] }) else { return nil }
  let longer = min(comparedLength, max(name.count, candidates[best].canonical.count))
  return distances[best] <= (longer + 1) / 3 ? candidates[best].word : nil
}

/// Lower case, with `-` for `_` and blanks.
private func canonical(_ word: String) -> String {
  String(word.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
}

/// Characters that count, so that cost is bounded.
private let comparedLength = 64

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into another.
///
/// Only the first 64 characters count. Source: F. J. Damerau (1964), in the form in which no place is edited twice.
package func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a.prefix(comparedLength))
  let b = Array(b.prefix(comparedLength))
  var earlier: [Int] = []
  var previous = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var current = [i + 1]
    for (j, y) in b.enumerated() {
      var edits = min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, current[j] + 1)
      if i > 0 && j > 0 && x == b[j - 1] && y == a[i - 1] { edits = min(edits, earlier[j - 1] + 1) }
      current.append(edits)
    }
    (earlier, previous) = (previous, current)
  }
  return previous[b.count]
}
