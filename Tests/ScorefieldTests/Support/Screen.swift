/// What a terminal shows, row by row, and what a person would read off it.
struct Screen: Equatable, CustomStringConvertible {
  var lines: [String]

  var description: String { lines.joined(separator: "\n") }
  var header: String { lines.first ?? "" }
  var footer: String { lines.last ?? "" }

  func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// The integer behind a word of the header, such as `step 1,234`.
  func number(after word: String) -> Int? {
    let words = header.split(separator: " ")
    // "step limit" is a status, so the first such word need not have a number behind it.
    return zip(words, words.dropFirst()).lazy
      .compactMap { $0 == word ? Int($1.filter { $0 != "," }) : nil }.first
  }

  var step: Int? { number(after: "step") }

  /// The title next to the marker of the focused pane.
  var focus: String? { title(behind: "▸", in: ["Setup", "Loss", "Error", "Samples"]) }

  private func title(behind mark: Character, in titles: [String]) -> String? {
    titles.first { contains("\(mark)\($0)") }
  }

  /// The selected row of the form from its label on.
  var selectedField: String? {
    for line in lines {
      guard let mark = line.firstRange(of: "▸ ") else { continue }
      return String(line[mark.upperBound...])
    }
    return nil
  }

  /// The text between two words on one line.
  func text(after start: String, before end: String) -> String? {
    for line in lines {
      guard let from = line.firstRange(of: start),
        let to = line[from.upperBound...].firstRange(of: end)
      else { continue }
      return String(line[from.upperBound..<to.lowerBound])
    }
    return nil
  }
}
