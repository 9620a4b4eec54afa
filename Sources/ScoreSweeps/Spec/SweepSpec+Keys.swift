import OutsideText
import ScoreLab

/// The keys that a sweep varies.
extension SweepSpec {
  static func readKeys(
    _ reader: inout ConfigurationReader, of subject: SweepSubject
  ) throws(ConfigurationError) -> [SweepKey] {
    guard let section = try reader.section("vary"), case .map(let entries) = section.node.content
    else { return [] }
    var keys: [SweepKey] = []
    for entry in entries {
      guard entry.key != "seed" else {
        throw section.error(at: [entry.key], "repeat over seeds with seeds: 3 or seeds: [1, 2, 3]")
      }
      guard entry.key != "experiment" else {
        throw section.error(at: [entry.key], "a sweep has one experiment")
      }
      let isWhole = subject.isWhole(entry.key)
      let values: SweepKey.Values
      switch entry.value.content {
      case .list(let items):
        values = try readList(items, of: entry.key, in: section)
      case .map:
        guard var range = try readSection(entry.key, of: section) else { continue }
        values = .range(try readRange(&range, isWhole: isWhole))
      case .scalar:
        throw section.error(
          at: [entry.key],
          "expected a list of values, or a range such as {from: 1, to: 10, count: 4}")
      }
      keys.append(SweepKey(path: entry.key, values: values))
    }
    return keys
  }

  private static func readSection(
    _ key: String, of section: ConfigurationReader
  ) throws(ConfigurationError) -> ConfigurationReader? {
    var section = section
    return try section.section(key)
  }

  private static func readList(
    _ items: [YAMLNode], of key: String, in section: ConfigurationReader
  ) throws(ConfigurationError) -> SweepKey.Values {
    let texts = items.map(\.flowText)
    guard !texts.isEmpty else { throw section.error(at: [key], "expected at least one value") }
    if let twice = texts.enumerated().first(where: { texts[..<$0.offset].contains($0.element) }) {
      throw section.error(
        at: [key], "\(SafeText.sanitized(twice.element)) is there twice; repeat with seeds")
    }
    return .list(texts)
  }

  private static func readRange(
    _ reader: inout ConfigurationReader, isWhole: Bool
  ) throws(ConfigurationError) -> SweepRange {
    let all = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    let from = try reader.number("from", in: all)
    let to = try reader.number("to", in: all)
    let scale = try reader.choice("scale", of: ["linear", "log"])
    let count = try reader.integer("count", in: 2...100_000)
    let saidWhole = try reader.flag("whole")
    try reader.finish()
    guard let from, let to else { throw reader.error(at: [], "a range needs from and to") }
    guard from != to, (to - from).isFinite else {
      throw reader.error(at: ["to"], "expected another number than from")
    }
    if scale == "log", min(from, to) <= 0 {
      throw reader.error(at: ["scale"], "log needs ends above 0")
    }
    let whole = saidWhole ?? isWhole
    if whole, from != from.rounded() || to != to.rounded() {
      throw reader.error(at: ["from"], "expected whole numbers as ends")
    }
    return SweepRange(
      from: from, to: to, isLogarithmic: scale == "log", count: count, isWhole: whole)
  }
}
