import ScoreCore

extension RunConfiguration {
  /// What `--set` takes to make this configuration of another.
  ///
  /// Single keys where that is enough; where members were exchanged, whole sections.
  ///
  /// - Parameter old: The configuration that the assignments are for.
  /// - Returns: `key=value`, each in YAML; none when both are the same.
  public func assignments(from old: RunConfiguration) -> [String] {
    let before = Dictionary(old.leaves.map { ($0.path, $0.value) }) { first, _ in first }
    let keys = leaves.filter { before[$0.path] != $0.value }.compactMap { leaf -> String? in
      guard let field = ConfigurationCatalog.field(at: leaf.path, in: self) else { return nil }
      guard case .text = field.kind else { return "\(leaf.path)=\(leaf.text)" }
      let quoted = leaf.text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''")
      return "\(leaf.path)='\(quoted)'"
    }
    if (try? old.setting(keys)) == self { return keys }
    let previous = Dictionary(Self.fields.flatMap { $0.entries(old) }.map { ($0.key, $0.value) }) {
      first, _ in first
    }
    return Self.fields.flatMap { $0.entries(self) }.filter { previous[$0.key] != $0.value }
      .map { "\($0.key)=\($0.value)" }
  }
}
