package import ScoreLab

/// The settings in which some configurations differ.
package struct SettingsTable: Sendable, Equatable {
  /// A key with the value that each configuration has for it; nil where one does not have the key.
  package struct Row: Sendable, Equatable {
    package var key: String
    package var values: [String?]
  }

  /// In the order of the configurations' keys.
  package let rows: [Row]

  /// Compares configurations key by key.
  package init(_ configurations: [RunConfiguration]) {
    let leaves = configurations.map(\.leaves)
    let texts = leaves.map { leaves in
      Dictionary(leaves.map { ($0.path, $0.text) }) { first, _ in first }
    }
    var seen: Set<String> = []
    let keys = leaves.joined().map(\.path).filter { seen.insert($0).inserted }
    rows = keys.compactMap { key in
      let values = texts.map { $0[key] }
      return Set(values).count > 1 ? Row(key: key, values: values) : nil
    }
  }
}
