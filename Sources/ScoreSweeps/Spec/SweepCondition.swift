import OutsideText
import ScoreLab

/// A condition between keys that a point of a sweep must fulfil, such as
/// `network.width * network.depth <= 64`.
package struct SweepCondition: Sendable, Equatable {
  enum Comparison: String, CaseIterable, Sendable {
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
    case equal = "=="
    case unequal = "!="
  }

  /// Factors of a product: keys and values.
  typealias Product = [String]

  /// As it was written.
  let text: String
  private let left: Product
  private let comparison: Comparison
  private let right: Product

  /// Reads a condition; nil for anything else than `PRODUCT COMPARISON PRODUCT` with blanks between.
  init?(_ text: String) {
    let words = text.split(separator: " ").map(String.init)
    let places = words.indices.filter { Comparison(rawValue: words[$0]) != nil }
    guard places.count == 1, let comparison = Comparison(rawValue: words[places[0]]),
      let left = Self.product(words[..<places[0]]),
      let right = Self.product(words[(places[0] + 1)...])
    else { return nil }
    self.text = text
    self.left = left
    self.comparison = comparison
    self.right = right
  }

  private static func product(_ words: ArraySlice<String>) -> Product? {
    guard words.count % 2 == 1 else { return nil }
    var factors: Product = []
    for (place, word) in words.enumerated() {
      guard (word == "*") == (place % 2 == 1) else { return nil }
      if place % 2 == 0 { factors.append(word) }
    }
    return factors
  }

  /// What could be a key.
  var words: [String] { (left + right).filter { DecimalNumber.parse($0) == nil } }

  /// Whether the condition holds.
  ///
  /// - Parameter value: The value of a key in YAML; nil for what is no key.
  /// - Returns: Also false where the size of something is asked for that is no number.
  func holds(_ value: (String) -> String?) -> Bool {
    if let (x, y) = numbers(value) {
      switch comparison {
      case .less: return x < y
      case .atMost: return x <= y
      case .more: return x > y
      case .atLeast: return x >= y
      case .equal: return x == y
      case .unequal: return x != y
      }
    }
    guard left.count == 1, right.count == 1 else { return false }
    let (x, y) = (value(left[0]) ?? left[0], value(right[0]) ?? right[0])
    switch comparison {
    case .equal: return x == y
    case .unequal: return x != y
    case .less, .atMost, .more, .atLeast: return false
    }
  }

  private func numbers(_ value: (String) -> String?) -> (Double, Double)? {
    func number(_ product: Product) -> Double? {
      var result = 1.0
      for factor in product {
        guard let number = DecimalNumber.parse(value(factor) ?? factor) else { return nil }
        result *= number
      }
      return result
    }
    guard let x = number(left), let y = number(right) else { return nil }
    return (x, y)
  }
}
