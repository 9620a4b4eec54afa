import Glibc
import ScoreLab

/// Shares of errors in quarters of decades.
struct ErrorHistogram: Codable, Sendable {
  /// The smallest error told from 0.
  static let floor = 1e-12
  private static let binsPerDecade = 4

  /// The geometric middles of the bins; the first also holds all errors below it.
  let middles: [Double]
  let shares: [Double]

  init(of errors: [Double], upTo largest: Double) {
    let decades = (log10(max(largest, 1)) - log10(Self.floor)).rounded(.up)
    let count = Int(decades) * Self.binsPerDecade + 1
    var counts = Array(repeating: 0, count: count)
    for error in errors {
      let place = error > Self.floor ? log10(error / Self.floor) * Double(Self.binsPerDecade) : 0
      counts[min(count - 1, Int(place))] += 1
    }
    middles = (0..<count).map {
      Self.floor * pow(10, (Double($0) + 0.5) / Double(Self.binsPerDecade))
    }
    shares = counts.map { Double($0) / Double(errors.count) }
  }
}
