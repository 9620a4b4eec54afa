import ScoreLab

/// A lesson's file cut into its head and its steps.
struct LessonPages {
  /// Lines of YAML with the line of the first.
  struct Block {
    var firstLine: Int
    var text: String
  }

  /// A step before its YAML is read.
  struct Section {
    var title: String
    var line: Int
    var text: [LessonText] = []
    var block: Block?
  }

  private(set) var head: Block?
  private(set) var sections: [Section] = []
  private let file: String

  init(_ text: String, file: String) throws(ConfigurationError) {
    self.file = file
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.last == "\r" ? line.dropLast() : line)
    }
    var place = 0
    if lines.first == "---" {
      guard let end = lines.dropFirst().firstIndex(of: "---") else {
        throw ConfigurationError(file: file, line: 1, message: "the head has no second line of ---")
      }
      head = Block(firstLine: 2, text: lines[1..<end].joined(separator: "\n"))
      place = end + 1
    }
    while place < lines.count { try take(lines, &place) }
  }

  private func fault(_ place: Int, _ message: String) -> ConfigurationError {
    ConfigurationError(file: file, line: place + 1, message: message)
  }

  /// Takes the line at a place, or the block or paragraph that begins there.
  private mutating func take(_ lines: [String], _ place: inout Int) throws(ConfigurationError) {
    let line = lines[place]
    if line.hasPrefix("## ") {
      let title = LessonMarkup.harmless(String(line.dropFirst(3)))
      sections.append(Section(title: title, line: place + 1))
      place += 1
    } else if line.hasPrefix("```") {
      try takeBlock(lines, &place)
    } else if line.allSatisfy(\.isWhitespace) || line.hasPrefix("# ") && sections.isEmpty {
      place += 1
    } else {
      try takeParagraph(lines, &place)
    }
  }

  /// A block is YAML, or lines that stand as they are.
  private mutating func takeBlock(
    _ lines: [String], _ place: inout Int
  ) throws(ConfigurationError) {
    let start = place
    guard !sections.isEmpty else {
      throw fault(start, "a block stands in a step, which begins with ## and its title")
    }
    guard let end = lines[(start + 1)...].firstIndex(of: "```") else {
      throw fault(start, "the block has no end, a line of three grave accents")
    }
    place = end + 1
    let inside = lines[(start + 1)..<end]
    switch lines[start].dropFirst(3) {
    case "yaml":
      guard sections[sections.count - 1].block == nil else {
        throw fault(start, "a step has one block of YAML")
      }
      sections[sections.count - 1].block = Block(
        firstLine: start + 2, text: inside.joined(separator: "\n"))
    case "", "text":
      sections[sections.count - 1].text += inside.map { .formula(LessonMarkup.harmless($0)) }
    default: throw fault(start, "a block is of yaml or of text")
    }
  }

  /// Lines up to an empty one are a paragraph, or items where they begin with a hyphen.
  private mutating func takeParagraph(
    _ lines: [String], _ place: inout Int
  ) throws(ConfigurationError) {
    guard !sections.isEmpty else {
      throw fault(place, "text stands in a step, which begins with ## and its title")
    }
    var pieces: [LessonText] = []
    while place < lines.count, !lines[place].allSatisfy(\.isWhitespace),
      !lines[place].hasPrefix("## "), !lines[place].hasPrefix("```")
    {
      let line = LessonMarkup.harmless(lines[place])
      let words = line.split(separator: " ").joined(separator: " ")
      if words.hasPrefix("- ") {
        pieces.append(.item(String(words.dropFirst(2))))
      } else if case .item(let text)? = pieces.last {
        pieces[pieces.count - 1] = .item(text + " " + words)
      } else if case .paragraph(let text)? = pieces.last {
        pieces[pieces.count - 1] = .paragraph(text + " " + words)
      } else {
        pieces.append(.paragraph(words))
      }
      place += 1
    }
    sections[sections.count - 1].text += pieces
  }
}
