import Glibc
import NumberFormatting
import ScoreLab

/// A key that a sweep varies, with its values.
package struct SweepKey: Sendable, Equatable {
  /// Where the values come from.
  package enum Values: Sendable, Equatable {
    /// Values in YAML, in the order of the file.
    case list([String])
    /// Numbers between two ends.
    case range(SweepRange)
  }

  /// The key of the configuration, or `steps`.
  package var path: String
  package var values: Values

  /// The values of a grid along this key, in YAML; nil for a range without a count.
  package var gridValues: [String]? {
    switch values {
    case .list(let texts): texts
    case .range(let range): range.gridValues
    }
  }

  /// The value at a place of the unit interval.
  ///
  /// - Parameter place: From 0, and below 1.
  /// - Returns: YAML.
  package func value(at place: Double) -> String {
    switch values {
    case .list(let texts): texts[min(Int(place * Double(texts.count)), texts.count - 1)]
    case .range(let range): range.value(at: place)
    }
  }

  /// The values as the file has them.
  var yaml: String {
    switch values {
    case .list(let texts): ConfigurationText.list(texts)
    case .range(let range): range.yaml
    }
  }
}

/// Numbers between two ends, evenly spaced or evenly in the logarithm.
package struct SweepRange: Sendable, Equatable {
  package var from: Double
  package var to: Double
  package var isLogarithmic: Bool
  /// How many a grid takes; nil where that was not said.
  package var count: Int?
  /// Whether only whole numbers are taken.
  package var isWhole: Bool

  /// The significant digits of a value between the ends.
  private static let digits = 6

  /// The value at a place of the unit interval.
  func value(at place: Double) -> String {
    let number = isLogarithmic ? from * pow(to / from, place) : from + (to - from) * place
    let inside = min(max(number, min(from, to)), max(from, to))
    // Few digits, so that tables can be read and machines agree.
    return isWhole
      ? ConfigurationText.number(inside.rounded())
      : NumberText.plain(inside, digits: Self.digits)
  }

  /// Evenly placed, both ends among them; equal ones, which rounding makes, once.
  var gridValues: [String]? {
    guard let count else { return nil }
    var values: [String] = []
    for index in 0..<count {
      let text =
        switch index {
        case 0: ConfigurationText.number(from)
        case count - 1: ConfigurationText.number(to)
        default: value(at: Double(index) / Double(count - 1))
        }
      if values.last != text { values.append(text) }
    }
    return values
  }

  var yaml: String {
    var entries = [
      ("from", ConfigurationText.number(from)), ("to", ConfigurationText.number(to)),
      ("scale", isLogarithmic ? "log" : "linear"),
    ]
    if let count { entries.append(("count", "\(count)")) }
    if isWhole { entries.append(("whole", "true")) }
    return ConfigurationText.map(entries.map { (key: $0.0, value: $0.1) })
  }
}
