package import ScoreCore

/// A part of the configuration that is written as a map.
package protocol ConfigurationSection: Equatable, Sendable {
  /// Every field at its default.
  init()
  /// One entry for every key, in the order they are written.
  static var fields: [ConfigurationField<Self>] { get }
  /// The name in ``RenamedNames`` of a section that can be the whole of a file; others have their
  /// key's.
  static var rootName: String? { get }
  /// Checks what no single field can.
  static func check(_ section: Self, reader: ConfigurationReader) throws(ConfigurationError)
}

extension ConfigurationSection {
  package static var rootName: String? { nil }

  package static func check(_ section: Self, reader: ConfigurationReader) throws(ConfigurationError)
  {}
}

/// One value of a configuration and where it stands.
package struct ConfigurationLeaf: Equatable {
  /// Keys separated by dots.
  package var path: String
  package var value: ConfigurationValue

  /// The value as a form shows it.
  package var text: String { value.text }
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
  /// Sets the single value of a path that the field owns, without writing it down first.
  ///
  /// The value is of the path's kind and in its range; the reader stands at the section.
  package let set:
    @Sendable (inout Section, _ path: String, ConfigurationValue, ConfigurationReader)
      throws(ConfigurationError) -> Void
  /// Whether a running session would have to start again to go from one value to the other.
  package let needsRestart: @Sendable (Section, Section) -> Bool
}

extension ConfigurationField {
  /// Whether a path is one of this field's.
  func owns(_ path: String) -> Bool {
    path == key || path.hasPrefix("\(key).") || hasParameter(path)
  }

  private func hasParameter(_ path: String) -> Bool {
    descriptions.contains { $0.path == path && $0.owner != nil }
  }
}

extension ConfigurationField where Section: ConfigurationSection {
  package static func number(
    _ key: String, _ summary: String, _ property: Property<Double>,
    in range: ClosedRange<Double>, live: LivePart? = nil, steps: StepLadder? = nil,
    place: FormPlace? = nil
  ) -> Self {
    let kind = ValueKind.number(default: Section()[keyPath: property], range: range)
    return leaf(
      FieldDescription(
        path: key, summary: summary, kind: kind, live: live, steps: steps, place: place),
      property, pack: { .number($0) },
      unpack: { if case .number(let number) = $0, range.contains(number) { number } else { nil } },
      read: { (reader) throws(ConfigurationError) in try reader.number(key, in: range) })
  }

  package static func integer(
    _ key: String, _ summary: String, _ property: Property<Int>, in range: ClosedRange<Int>,
    multipleOf divisor: Int = 1, live: LivePart? = nil, steps: StepLadder? = nil,
    place: FormPlace? = nil
  ) -> Self {
    let kind = ValueKind.integer(
      default: Section()[keyPath: property], range: range, multipleOf: divisor)
    return leaf(
      FieldDescription(
        path: key, summary: summary, kind: kind, live: live, steps: steps, place: place),
      property, pack: { .integer($0) },
      unpack: {
        guard case .integer(let number) = $0, range.contains(number), number % divisor == 0 else {
          return nil
        }
        return number
      },
      read: { (reader) throws(ConfigurationError) in
        try reader.integer(key, in: range, multipleOf: divisor)
      })
  }

  package static func flag(
    _ key: String, _ summary: String, _ property: Property<Bool>, live: LivePart? = nil,
    place: FormPlace? = nil
  ) -> Self {
    let kind = ValueKind.flag(default: Section()[keyPath: property])
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, live: live, place: place),
      property, pack: { .flag($0) },
      unpack: { if case .flag(let flag) = $0 { flag } else { nil } },
      read: { (reader) throws(ConfigurationError) in try reader.flag(key) })
  }

  /// One of a closed set; `summaries` says one line on each.
  package static func choice<
    Choice: RawRepresentable<String> & CaseIterable & Equatable & Sendable
  >(
    _ key: String, _ summary: String, _ property: Property<Choice>, live: LivePart? = nil,
    place: FormPlace? = nil, summaries: (Choice) -> String? = { _ in nil }
  ) -> Self {
    let names = Choice.allCases.map(\.rawValue)
    let kind = ValueKind.choice(default: Section()[keyPath: property].rawValue, of: names)
    var explained: [String: String] = [:]
    for choice in Choice.allCases { explained[choice.rawValue] = summaries(choice) }
    return leaf(
      FieldDescription(
        path: key, summary: summary, kind: kind, live: live, choiceSummaries: explained,
        place: place),
      property, pack: { .text($0.rawValue) },
      unpack: { if case .text(let name) = $0 { Choice(rawValue: name) } else { nil } },
      read: { (reader) throws(ConfigurationError) in
        try reader.choice(key, of: names).flatMap { Choice(rawValue: $0) }
      })
  }

  package static func integers(
    _ key: String, _ summary: String, _ property: Property<[Int]>, lengths: ClosedRange<Int>,
    in range: ClosedRange<Int>, place: FormPlace? = nil
  ) -> Self {
    let kind = ValueKind.integers(
      default: Section()[keyPath: property], lengths: lengths, range: range)
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, place: place), property,
      pack: { .integers($0) },
      unpack: {
        guard case .integers(let numbers) = $0, lengths.contains(numbers.count),
          numbers.allSatisfy(range.contains)
        else { return nil }
        return numbers
      },
      read: { (reader) throws(ConfigurationError) in
        try reader.integers(key, lengths: lengths, in: range)
      })
  }

  package static func size(
    _ key: String, _ summary: String, _ property: Property<TrainingSetSize>,
    in range: ClosedRange<Int>, place: FormPlace? = nil
  ) -> Self {
    let kind = ValueKind.size(default: Section()[keyPath: property].fixedCount, range: range)
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, place: place), property,
      pack: { .size($0) },
      unpack: {
        guard case .size(let size) = $0, size.fixedCount.map(range.contains) ?? true else {
          return nil
        }
        return size
      },
      read: { (reader) throws(ConfigurationError) in try reader.trainingSetSize(key, in: range) })
  }

  package static func seed(
    _ key: String, _ summary: String, _ property: Property<UInt64>, place: FormPlace? = nil
  ) -> Self {
    let kind = ValueKind.seed(default: Section()[keyPath: property])
    return leaf(
      FieldDescription(path: key, summary: summary, kind: kind, place: place), property,
      pack: { .seed($0) },
      unpack: { if case .seed(let seed) = $0 { seed } else { nil } },
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
        section[keyPath: property].leaves.map {
          ConfigurationLeaf(path: "\(key).\($0.path)", value: $0.value)
        }
      },
      set: { (section, path, value, reader) throws(ConfigurationError) in
        try section[keyPath: property].set(
          String(path.dropFirst(key.count + 1)), to: value, reader: try reader.under(key))
      },
      needsRestart: { old, new in
        Inner.fields.contains { $0.needsRestart(old[keyPath: property], new[keyPath: property]) }
      })
  }

  /// A key with a single value, which `pack` and `unpack` carry to and from the property.
  ///
  /// `unpack` gives nil for a value of another kind or out of range.
  private static func leaf<Value: Equatable & SendableMetatype>(
    _ description: FieldDescription, _ property: Property<Value>,
    pack: @escaping @Sendable (Value) -> ConfigurationValue,
    unpack: @escaping @Sendable (ConfigurationValue) -> Value?,
    read: @escaping @Sendable (inout ConfigurationReader) throws(ConfigurationError) -> Value?
  ) -> Self {
    Self(
      key: description.path, descriptions: [description],
      read: { (reader, section) throws(ConfigurationError) in
        guard let value = try read(&reader) else { return }
        section[keyPath: property] = value
      },
      entries: { [(description.path, pack($0[keyPath: property]).text)] },
      leaves: { [ConfigurationLeaf(path: description.path, value: pack($0[keyPath: property]))] },
      set: { (section, path, value, _) throws(ConfigurationError) in
        guard let value = unpack(value) else {
          preconditionFailure("\(path) takes \(description.allowed).")
        }
        section[keyPath: property] = value
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
    try finish(of: Section.rootName)
    try Section.check(section, reader: self)
  }
}
