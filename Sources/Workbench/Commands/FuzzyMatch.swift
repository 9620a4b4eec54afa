/// How well texts match what is typed in a palette.
enum FuzzyMatch {
  /// Rates a text; the more the better.
  ///
  /// Every word of the query must be in the text: best at the start of a word, then anywhere, last as
  /// letters in that order with others between. Case does not count.
  ///
  /// - Returns: Nil where a word is not there; 0 for an empty query.
  static func score(_ query: String, in text: String) -> Int? {
    let text = Array(text.lowercased().unicodeScalars)
    var sum = 0
    for word in query.lowercased().split(separator: " ") {
      guard let score = score(Array(word.unicodeScalars), in: text) else { return nil }
      sum += score
    }
    return sum
  }

  /// The elements whose text matches, the best first; of equal ones the earlier.
  static func ranked<Element>(
    _ query: String, _ elements: [Element], by text: (Element) -> String
  ) -> [Element] {
    let rated = elements.enumerated().compactMap { index, element in
      score(query, in: text(element)).map { (score: $0, index: index, element: element) }
    }
    return rated.sorted { ($1.score, $0.index) < ($0.score, $1.index) }.map(\.element)
  }

  private static func score(_ word: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
    var whole: Int?
    if text.count >= word.count {
      for start in 0...(text.count - word.count)
      where text[start..<start + word.count].elementsEqual(word) {
        let startsWord = start == 0 || !text[start - 1].properties.isAlphabetic
        // Early in the text is better: names come before what they do.
        whole = max(whole ?? 0, (startsWord ? 300 : 150) - min(start, 100))
      }
    }
    return whole ?? letters(word, in: text)
  }

  /// Letters in order, with as little as possible between the first and the last.
  private static func letters(_ word: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
    // Two letters far apart are in almost every text.
    guard word.count > 2 else { return nil }
    var least: Int?
    for start in text.indices where text[start] == word[0] {
      var place = start
      var found = 1
      while found < word.count, place + 1 < text.count {
        place += 1
        if text[place] == word[found] { found += 1 }
      }
      guard found == word.count else { break }
      least = min(least ?? .max, place - start + 1 - word.count)
    }
    guard let between = least, between <= 3 * word.count else { return nil }
    return 50 - min(between, 49)
  }
}
