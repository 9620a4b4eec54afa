/// A part of the configuration that is written as a map.
package protocol ConfigurationSection: Equatable, Sendable {
  /// Every field at its default.
  init()
  /// One entry for every key, in the order they are written.
  static var fields: [ConfigurationField<Self>] { get }
  /// The names that keys had in earlier versions, and those they have now.
  static var renamedKeys: [String: String] { get }
  /// Checks what no single field can.
  static func check(_ section: Self, reader: ConfigurationReader) throws(ConfigurationError)
}

extension ConfigurationSection {
  package static var renamedKeys: [String: String] { [:] }

  package static func check(_ section: Self, reader: ConfigurationReader) throws(ConfigurationError)
  {}
}

/// One value of a configuration and where it stands.
package struct ConfigurationLeaf: Equatable {
  /// Keys separated by dots.
  package var path: String
  package var text: String
}

/// One key of a section: how it is described, read, written and compared.
///
/// Everything that handles configurations goes through these, so the help, the form, the reader
/// and the writer cannot disagree.
package struct ConfigurationField<Section>: Sendable {
  package typealias Property<Value> = any WritableKeyPath<Section, Value> & Sendable

  package let key: String
  /// The field itself, or all of those beneath it, with paths from this key on.
  package let descriptions: [FieldDescription]
  package let read:
    @Sendable (inout ConfigurationReader, inout Section) throws(ConfigurationError) -> Void
  /// The keys that are written and their values as YAML, each on one line.
  package let entries: @Sendable (Section) -> [(key: String, value: String)]
  /// Each single value with its path from this key on.
  package let leaves: @Sendable (Section) -> [ConfigurationLeaf]
  /// Whether a running session would have to start again to go from one value to the other.
  package let needsRestart: @Sendable (Section, Section) -> Bool
}

extension ConfigurationField where Section: ConfigurationSection {
  package static func number(
    _ key: String, _ summary: String, _ property: Property<Double>,
    in range: ClosedRange<Double>, isLive: Bool = false
  ) -> Self {
    let kind = FieldDescription.Kind.number(default: Section()[keyPath: property], range: range)
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, isLive: isLive), property,
      text: { ConfigurationText.number($0) },
      read: { (reader) throws(ConfigurationError) in try reader.number(key, in: range) })
  }

  package static func integer(
    _ key: String, _ summary: String, _ property: Property<Int>, in range: ClosedRange<Int>,
    multipleOf divisor: Int = 1, isLive: Bool = false
  ) -> Self {
    let kind = FieldDescription.Kind.integer(
      default: Section()[keyPath: property], range: range, multipleOf: divisor)
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, isLive: isLive), property,
      text: { "\($0)" },
      read: { (reader) throws(ConfigurationError) in
        try reader.integer(key, in: range, multipleOf: divisor)
      })
  }

  package static func flag(
    _ key: String, _ summary: String, _ property: Property<Bool>, isLive: Bool = false
  ) -> Self {
    let kind = FieldDescription.Kind.flag(default: Section()[keyPath: property])
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, isLive: isLive), property,
      text: { "\($0)" },
      read: { (reader) throws(ConfigurationError) in try reader.flag(key) })
  }

  /// One of a closed set; `summaries` says one line on each.
  package static func choice<
    Choice: RawRepresentable<String> & CaseIterable & Equatable & Sendable
  >(
    _ key: String, _ summary: String, _ property: Property<Choice>, isLive: Bool = false,
    summaries: (Choice) -> String? = { _ in nil }
  ) -> Self {
    let names = Choice.allCases.map(\.rawValue)
    let kind = FieldDescription.Kind.choice(
      default: Section()[keyPath: property].rawValue, of: names)
    var explained: [String: String] = [:]
    for choice in Choice.allCases { explained[choice.rawValue] = summaries(choice) }
    return leaf(
      FieldDescription(
        path: key, summary: summary, kind: kind, isLive: isLive, choiceSummaries: explained),
      property,
      text: { $0.rawValue },
      read: { (reader) throws(ConfigurationError) in
        try reader.choice(key, of: names).flatMap { Choice(rawValue: $0) }
      })
  }

  package static func integers(
    _ key: String, _ summary: String, _ property: Property<[Int]>, lengths: ClosedRange<Int>,
    in range: ClosedRange<Int>
  ) -> Self {
    let kind = FieldDescription.Kind.integers(
      default: Section()[keyPath: property], lengths: lengths, range: range)
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, isLive: false), property,
      text: { ConfigurationText.list($0.map { "\($0)" }) },
      read: { (reader) throws(ConfigurationError) in
        try reader.integers(key, lengths: lengths, in: range)
      })
  }

  package static func size(
    _ key: String, _ summary: String, _ property: Property<TrainingSetSize>,
    in range: ClosedRange<Int>
  ) -> Self {
    let kind = FieldDescription.Kind.size(default: Section()[keyPath: property], range: range)
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, isLive: false), property,
      text: \.text,
      read: { (reader) throws(ConfigurationError) in try reader.trainingSetSize(key, in: range) })
  }

  package static func seed(_ key: String, _ summary: String, _ property: Property<UInt64>) -> Self {
    let kind = FieldDescription.Kind.seed(default: Section()[keyPath: property])
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, isLive: false), property,
      text: { "\($0)" },
      read: { (reader) throws(ConfigurationError) in try reader.seed(key) })
  }

  /// A section within this one.
  package static func section<Inner: ConfigurationSection>(
    _ key: String, _ property: Property<Inner>
  ) -> Self {
    Self(
      key: key,
      descriptions: Inner.fields.flatMap(\.descriptions).map { description in
        description.under(key)
      },
      read: { (reader, section) throws(ConfigurationError) in
        guard var inner = try reader.section(key) else { return }
        try inner.read(&section[keyPath: property])
      },
      entries: { section in
        let inner = Inner.fields.flatMap { $0.entries(section[keyPath: property]) }
        return [(key, ConfigurationText.map(inner))]
      },
      leaves: { section in
        Inner.fields.flatMap { $0.leaves(section[keyPath: property]) }.map {
          ConfigurationLeaf(path: "\(key).\($0.path)", text: $0.text)
        }
      },
      needsRestart: { old, new in
        Inner.fields.contains { $0.needsRestart(old[keyPath: property], new[keyPath: property]) }
      })
  }

  package static func leaf<Value: Equatable & SendableMetatype>(
    _ description: FieldDescription, _ property: Property<Value>,
    text: @escaping @Sendable (Value) -> String,
    read: @escaping @Sendable (inout ConfigurationReader) throws(ConfigurationError) -> Value?
  ) -> Self {
    Self(
      key: description.path, descriptions: [description],
      read: { (reader, section) throws(ConfigurationError) in
        guard let value = try read(&reader) else { return }
        section[keyPath: property] = value
      },
      entries: { [(description.path, text($0[keyPath: property]))] },
      leaves: {
        [ConfigurationLeaf(path: description.path, text: text($0[keyPath: property]))]
      },
      needsRestart: { old, new in
        !description.isLive && old[keyPath: property] != new[keyPath: property]
      })
  }
}

extension ConfigurationReader {
  /// Reads every field that is there into the section, and refuses all other keys.
  package mutating func read<Section: ConfigurationSection>(
    _ section: inout Section
  ) throws(ConfigurationError) {
    for field in Section.fields { try field.read(&self, &section) }
    try refuseRenamed(Section.renamedKeys)
    try finish()
    try Section.check(section, reader: self)
  }
}
