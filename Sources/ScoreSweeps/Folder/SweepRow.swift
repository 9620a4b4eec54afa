import OutsideText
import ScoreLab

/// What stands in front of a unit's record in a line of results.
package struct SweepRow: Sendable, Equatable, Codable {
  package var run: Int
  package var point: Int
  package var seed: UInt64
  /// The number of the unit in its run, from 1.
  package var unit: Int
  /// The name of the unit's record.
  package var key: String
  /// The values of the keys.
  package var values: [String: SweepValue]

  private static let mark = Array(#","record":"#.utf8)

  init(_ run: SweepRun, unit: Int, key: String, keys: [SweepKey]) {
    (self.run, point, seed) = (run.run, run.point, run.seed)
    (self.unit, self.key) = (unit, key)
    values = Dictionary(zip(keys.map(\.path), run.values.map { SweepValue(yaml: $0) })) { $1 }
  }

  /// The line of a record that is JSON on a line.
  func line(_ record: [UInt8]) -> [UInt8] {
    var line = RecordCoding.encode(self)
    line.removeLast(2)
    return line + Self.mark + record.dropLast() + [UInt8(ascii: "}"), 0x0A]
  }

  /// Takes a line apart.
  ///
  /// - Returns: The row and its record as a line of its own; nil for what is no such line.
  package static func split(_ line: ArraySlice<UInt8>) -> (row: SweepRow, record: [UInt8])? {
    // Within text the quotes of the mark would stand behind a backslash.
    guard line.last == UInt8(ascii: "}"), let place = firstPlace(of: mark, in: line),
      let row: SweepRow = RecordCoding.decode(line[..<place] + [UInt8(ascii: "}")])
    else { return nil }
    return (row, line[(place + mark.count)...].dropLast() + [0x0A])
  }

  private static func firstPlace(of mark: [UInt8], in line: ArraySlice<UInt8>) -> Int? {
    guard line.count >= mark.count else { return nil }
    return (line.startIndex...(line.endIndex - mark.count)).first { start in
      line[start] == mark[0] && line[start..<start + mark.count].elementsEqual(mark)
    }
  }
}

/// The value of a key, as JSON has it.
package enum SweepValue: Sendable, Hashable, Codable {
  case number(Double)
  case text(String)

  /// A number where the YAML is one, else the text without its quotes.
  init(yaml: String) {
    if let number = DecimalNumber.parse(yaml) {
      self = .number(number)
    } else if let node = try? YAMLReader.compose(yaml, limit: 1 << 20),
      case .scalar(let text, _) = node.content
    {
      self = .text(text)
    } else {
      self = .text(yaml)
    }
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    }
  }

  package var text: String {
    switch self {
    case .number(let number): ConfigurationText.number(number)
    case .text(let text): text
    }
  }

  package var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}
