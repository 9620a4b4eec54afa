import OutsideText

/// The text of a configuration with the names of earlier versions replaced by those they have now.
///
/// Names are replaced where they stand, so comments, order and layout stay as they are.
public struct ConfigurationMigration: Sendable {
  /// One name that was replaced.
  public struct Change: Sendable, Equatable, CustomStringConvertible {
    /// The line counted from 1.
    public var line: Int
    /// The key, with its section, as it was; behind it the value where that was renamed.
    public var old: String
    public var new: String

    public var description: String { "\(old) is now \(new)" }
  }

  /// The whole text with the new names.
  public let text: String
  /// What was replaced, in the order of the text.
  public let changes: [Change]
  /// Whether the text names an experiment, and is of a run otherwise.
  public let isExperiment: Bool

  /// Replaces the names of a text.
  ///
  /// - Parameters:
  ///   - text: YAML, of a run or of an experiment.
  ///   - file: The name of its origin in messages.
  ///   - names: What was renamed.
  /// - Throws: ``ConfigurationError`` for what is not YAML, and for an old name that is written in a
  ///   way that only a person can change, such as behind a tag.
  public init(
    text: String, file: String, names: [RenamedName] = RenamedNames.all
  ) throws(ConfigurationError) {
    let root = try YAMLNode.compose(text, file: file) ?? YAMLNode(content: .map([]))
    isExperiment = root.hasKey("experiment")
    var search = Search(names: names)
    search.visit(root, path: [], section: isExperiment ? "experiment" : "run")
    var editor = TextEditor(text)
    var changes: [Change] = []
    for edit in search.edits {
      guard editor.replace(edit.old, by: edit.new, line: edit.line, column: edit.column) else {
        throw ConfigurationError(
          file: file, line: edit.line, message: "\(edit.change); it has to be changed by hand")
      }
      changes.append(edit.change)
    }
    self.text = editor.text
    self.changes = changes
  }
}

extension YAMLNode {
  fileprivate func hasKey(_ key: String) -> Bool {
    if case .map(let entries) = content { entries.contains { $0.key == key } } else { false }
  }
}

/// A word of a text to be replaced.
private struct Edit {
  var line: Int
  var column: Int
  var old: String
  var new: String
  var change: ConfigurationMigration.Change
}

/// Finds the old names in a text.
private struct Search {
  let names: [RenamedName]
  private(set) var edits: [Edit] = []

  init(names: [RenamedName]) { self.names = names }

  /// Looks through a map.
  ///
  /// - Parameters:
  ///   - node: The map; nothing else has names.
  ///   - path: The keys that lead to it.
  ///   - section: Its name in the list of renamed keys.
  mutating func visit(_ node: YAMLNode, path: [String], section: String) {
    guard case .map(let entries) = node.content else { return }
    for entry in entries {
      let new = names.name(of: entry.key, at: .key(section: section))
      if let new {
        add(
          entry.key, new, at: entry, from: path + [entry.key], to: path + [new])
      }
      let key = new ?? entry.key
      if case .scalar(let text, _) = entry.value.content {
        // Where a run stands within an experiment makes no difference to its keys.
        let place = ((path.first == "run" ? Array(path.dropFirst()) : path) + [key])
          .joined(separator: ".")
        if let value = names.name(of: text, at: .value(key: place)) {
          add(text, value, at: entry.value, from: path + [key, text], to: path + [key, value])
        }
      }
      // What a distribution holds is another distribution.
      visit(
        entry.value, path: path + [key], section: section == "distribution" ? section : key)
    }
  }

  private mutating func add(
    _ old: String, _ new: String, at entry: YAMLNode.Entry, from: [String], to: [String]
  ) {
    add(old, new, line: entry.line, column: entry.column, from, to)
  }

  private mutating func add(
    _ old: String, _ new: String, at node: YAMLNode, from: [String], to: [String]
  ) {
    add(old, new, line: node.line, column: node.column, from, to)
  }

  private mutating func add(
    _ old: String, _ new: String, line: Int?, column: Int?, _ from: [String], _ to: [String]
  ) {
    // What an alias stands for is found again at the same place.
    guard let line, let column, !edits.contains(where: { $0.line == line && $0.column == column })
    else { return }
    edits.append(
      Edit(
        line: line, column: column, old: old, new: new,
        change: .init(
          line: line, old: from.map { SafeText.sanitized($0) }.joined(separator: "."),
          new: to.joined(separator: "."))))
  }
}

/// Replaces words of a text by line and column, as YAML counts both.
private struct TextEditor {
  private var scalars: [[Unicode.Scalar]] = [[]]
  /// How far each line has grown by earlier replacements, by the columns they stood at.
  private var growth: [Int: [(column: Int, by: Int)]] = [:]

  init(_ text: String) {
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      // A line end that is two characters is one.
      if let last = previous, Self.endsLine(last), !(last == "\r" && scalar == "\n") {
        scalars.append([])
      }
      scalars[scalars.count - 1].append(scalar)
      previous = scalar
    }
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
  }

  var text: String {
    var view = String.UnicodeScalarView()
    for line in scalars { view.append(contentsOf: line) }
    return String(view)
  }

  /// Replaces a word, with or without quotes around it; false if another one stands there.
  mutating func replace(_ old: String, by new: String, line: Int, column: Int) -> Bool {
    guard scalars.indices.contains(line - 1) else { return false }
    let moved = (growth[line] ?? []).filter { $0.column < column }.reduce(0) { $0 + $1.by }
    // A mark of byte order is no column.
    let mark = line == 1 && scalars[0].first == "\u{FEFF}" ? 1 : 0
    let row = scalars[line - 1]
    var start = column - 1 + moved + mark
    if row.indices.contains(start), row[start] == "\"" || row[start] == "'" { start += 1 }
    let word = Array(old.unicodeScalars)
    guard start >= 0, start + word.count <= row.count,
      Array(row[start..<start + word.count]) == word
    else { return false }
    scalars[line - 1].replaceSubrange(start..<start + word.count, with: Array(new.unicodeScalars))
    growth[line, default: []].append((column, new.unicodeScalars.count - word.count))
    return true
  }
}
