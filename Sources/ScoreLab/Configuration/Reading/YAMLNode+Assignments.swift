package import OutsideText

extension YAMLNode {
  /// The origin of assignments in messages.
  package static let assignmentOrigin = "--set"

  /// A map of the keys that assignments set, as by `--set optimizer.learning_rate=0.01`.
  ///
  /// - Parameter assignments: `key.path=value`, the value in YAML; of several for one key the last
  ///   counts.
  /// - Throws: ``ConfigurationError`` for what is no assignment.
  package init(assignments: [String]) throws(ConfigurationError) {
    self.init(content: .map([]), line: nil)
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, path.count <= 8, path.allSatisfy({ !$0.isEmpty }) else {
        throw ConfigurationError(
          file: Self.assignmentOrigin,
          message: "expected key.path=value, found \"\(SafeText.sanitized(assignment))\"")
      }
      let value: YAMLNode?
      do throws(ConfigurationError) {
        value = try YAMLNode.compose(String(parts[1]), file: Self.assignmentOrigin)
      } catch {
        throw ConfigurationError(
          file: Self.assignmentOrigin, path: SafeText.sanitized(String(parts[0])),
          message: error.message)
      }
      set(path, to: value?.withoutLines ?? YAMLNode(content: .scalar("", isPlain: true)))
    }
  }

  /// The same value without the lines, which mean nothing outside a file.
  private var withoutLines: YAMLNode {
    switch content {
    case .scalar: YAMLNode(content: content)
    case .list(let items): YAMLNode(content: .list(items.map(\.withoutLines)))
    case .map(let entries):
      YAMLNode(
        content: .map(entries.map { Entry(key: $0.key, value: $0.value.withoutLines) }))
    }
  }

  /// Sets the value of a path of keys; whatever stands in its way gives way.
  private mutating func set(_ path: some Collection<String>, to value: YAMLNode) {
    guard let key = path.first else {
      self = value
      return
    }
    var entries: [Entry] = if case .map(let entries) = content { entries } else { [] }
    let index = entries.firstIndex { $0.key == key } ?? entries.count
    if index == entries.count {
      entries.append(Entry(key: key, value: YAMLNode(content: .map([]))))
    }
    entries[index].value.set(path.dropFirst(), to: value)
    content = .map(entries)
  }
}
