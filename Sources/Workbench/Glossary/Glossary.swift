/// A word or a symbol of the screen, explained.
struct Term: Sendable, Equatable {
  /// What it is called in lists and behind `:explain`.
  let name: String
  /// How else it stands on the screen; a single letter counts only where it is the whole label of a plot.
  let spellings: [String]
  /// Three sentences: what it is, what it depends on, what to make of it.
  let sentences: [String]
  /// In plain text.
  let formula: String
  /// Where to see it live.
  let place: String

  init(
    _ name: String, _ spellings: String..., is what: String, and more: String, so then: String,
    formula: String, see place: String
  ) {
    self.name = name
    self.spellings = spellings
    sentences = [what, more, then]
    self.formula = formula
    self.place = place
  }

  /// What is read of it, a paragraph each.
  var paragraphs: [String] { [sentences.joined(separator: " "), formula, "See: \(place)"] }
}

/// Every term and symbol on screen, in words.
enum Glossary {
  /// All of them, by concept.
  static let terms = data + scores + training + sampling + metrics + work + orders

  /// The term of a name or another spelling; nil where there is none.
  static func term(named name: String) -> Term? {
    let wanted = plain(name)
    return terms.first { $0.name == wanted }
      ?? terms.first { term in
        ([term.name] + term.spellings).contains { $0.lowercased() == wanted.lowercased() }
      }
  }

  /// The terms that stand in a text as words of their own, in the order of the glossary.
  static func terms(in text: String) -> [Term] {
    let text = plain(text)
    return terms.filter { term in
      ([term.name] + term.spellings).contains { $0.count > 1 && stands($0, in: text) }
    }
  }

  /// The terms of a label, which may be a single letter.
  static func terms(ofLabel label: String) -> [Term] {
    let label = plain(label)
    let own = terms.filter { ([$0.name] + $0.spellings).contains(label) }
    return own.isEmpty ? terms(in: label) : own
  }

  /// The text with the names of numbers in place of the numbers in them: D_0.05 is D_delta.
  private static func plain(_ text: String) -> String {
    text.replacing(/D_[0-9][0-9.e-]*/, with: "D_delta").replacing(
      /worst [0-9][0-9.e-]*%/, with: "worst 5%")
  }

  /// Whether a word stands in a text with neither letter nor digit at its sides.
  private static func stands(_ word: String, in text: String) -> Bool {
    text.ranges(of: word).contains { range in
      let before =
        range.lowerBound > text.startIndex
        ? text[text.index(before: range.lowerBound)] : " "
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
      return [before, after].allSatisfy { !$0.isLetter && !$0.isNumber && $0 != "_" }
    }
  }
}
