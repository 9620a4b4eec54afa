/// Finds the word someone probably meant.
package enum Spelling {
  /// The nearest word, if it is near: at most two letters changed, and at most a third of them.
  package static func suggestion(for word: String, among words: [String]) -> String? {
    // Longer words are no typing mistakes of ours, and the comparison is quadratic.
    guard word.utf8.count <= 60 else { return nil }
    let measured = words.map { (word: $0, distance: distance(word, $0)) }
    guard let best = measured.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= min(2, max(1, best.word.count / 3)) ? best.word : nil
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
  private static func distance(_ first: String, _ second: String) -> Int {
    let (a, b) = (Array(first.lowercased().utf8), Array(second.lowercased().utf8))
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
