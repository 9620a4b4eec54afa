import Glibc
import ScoreCore
import ScoreLab

/// How often the choice was wrong at each number of samples, in groups of training sets.
struct FailureCounts: Codable, Sendable {
  /// Groups that are independent of one another, for the intervals.
  static let groupCount = 10

  /// The numbers of samples looked at, ascending.
  let sampleCounts: [Int]
  /// Wrong choices `[group][place]`, and those of one fixed candidate over the truth in all groups.
  private(set) var failures: [[Int]]
  private(set) var preferences: [Int]
  private(set) var repeats = Array(repeating: 0, count: Self.groupCount)

  /// From 16 samples up to at least `top`, eight to an octave.
  init(top: Double) {
    var counts: [Int] = []
    var place = 0
    while counts.last.map({ Double($0) < top }) ?? true {
      let count = Int((16 * exp2(Double(place) / 8)).rounded())
      if count != counts.last { counts.append(count) }
      place += 1
    }
    sampleCounts = counts
    failures = Array(repeating: Array(repeating: 0, count: counts.count), count: Self.groupCount)
    preferences = Array(repeating: 0, count: counts.count)
  }

  /// Takes over one training set.
  mutating func add(repeat index: Int, wrong: [Bool], preferred: [Bool]) {
    let group = index % Self.groupCount
    repeats[group] += 1
    for (place, isWrong) in wrong.enumerated() where isWrong { failures[group][place] += 1 }
    for (place, isPreferred) in preferred.enumerated() where isPreferred {
      preferences[place] += 1
    }
  }

  /// Takes over other training sets of the same class.
  mutating func add(_ other: FailureCounts) {
    for group in repeats.indices {
      repeats[group] += other.repeats[group]
      for place in sampleCounts.indices { failures[group][place] += other.failures[group][place] }
    }
    for place in sampleCounts.indices { preferences[place] += other.preferences[place] }
  }

  /// The wrong choices of all groups at a place.
  func total(_ place: Int) -> Int { failures.reduce(0) { $0 + $1[place] } }

  var repeatCount: Int { repeats.reduce(0, +) }

  /// The log of the number of samples at which each group's share of wrong choices falls to a
  /// probability; nil for a group where it does not.
  ///
  /// The shares are made to fall (the falling sequence nearest in squares) and joined by lines in
  /// log m.
  func crossings(failure: Double) -> [Double?] {
    zip(failures, repeats).map { counts, repeats in
      guard repeats > 0 else { return nil }
      let shares = Self.falling(counts.map { Double($0) / Double(repeats) })
      guard let next = shares.firstIndex(where: { $0 <= failure }), next > 0 else { return nil }
      let (high, low) = (shares[next - 1], shares[next])
      let (from, to) = (log(Double(sampleCounts[next - 1])), log(Double(sampleCounts[next])))
      return from + (to - from) * (high - failure) / (high - low)
    }
  }

  /// The sequence that never rises and is nearest in squares, by pooling neighbours.
  static func falling(_ values: [Double]) -> [Double] {
    var blocks: [(sum: Double, count: Double)] = []
    for value in values {
      blocks.append((value, 1))
      while blocks.count > 1 {
        let (last, before) = (blocks[blocks.count - 1], blocks[blocks.count - 2])
        guard last.sum / last.count > before.sum / before.count else { break }
        blocks.removeLast(2)
        blocks.append((last.sum + before.sum, last.count + before.count))
      }
    }
    return blocks.flatMap { Array(repeating: $0.sum / $0.count, count: Int($0.count)) }
  }
}
