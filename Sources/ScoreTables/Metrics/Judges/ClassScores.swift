/// How well probabilities of classes fit the classes.
public struct ClassScores: Sendable, Equatable {
  /// The share of the rows whose most probable class is theirs.
  public let accuracy: Double
  /// The mean over classes of the harmonic mean of precision and recall; a class that neither is there
  /// nor is named is left out.
  public let f1: Double
  /// That harmonic mean for the rarer of two classes, the second where both are as rare; nil for more
  /// classes, and where one has no rows.
  public let rareF1: Double?
  /// The area under the ROC curve; of more than two classes the mean of each against the others, those
  /// without rows or with all left out; nil where none remains.
  public let auc: Double?

  /// Scores probabilities `[rows][classes]`.
  init(_ probabilities: [[Double]], _ classes: [Int]) {
    let count = probabilities[0].count
    let named = probabilities.map { row in row.indices.max { row[$0] < row[$1] } ?? 0 }
    accuracy = Double(zip(named, classes).count { $0 == $1 }) / Double(classes.count)
    let ofFirst = classes.count { $0 == 0 }
    let hasRarer = count == 2 && ofFirst > 0 && ofFirst < classes.count
    let rarer = hasRarer ? (2 * ofFirst < classes.count ? 0 : 1) : nil
    var (f1s, areas, rareF1): ([Double], [Double], Double?) = ([], [], nil)
    for kind in 0..<count {
      let hits = zip(named, classes).count { $0 == kind && $1 == kind }
      let both = named.count { $0 == kind } + classes.count { $0 == kind }
      if both > 0 { f1s.append(2 * Double(hits) / Double(both)) }
      if kind == rarer { rareF1 = f1s.last }
      if count > 2 || kind == 1 {
        let area = Self.area(probabilities.map { $0[kind] }, classes.map { $0 == kind })
        if let area { areas.append(area) }
      }
    }
    f1 = f1s.reduce(0, +) / Double(f1s.count)
    self.rareF1 = rareF1
    auc = areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count)
  }

  /// The chance that a positive row has a larger number than a negative one, ties half; nil without
  /// rows of both.
  static func area(_ scores: [Double], _ isPositive: [Bool]) -> Double? {
    let positive = isPositive.count { $0 }
    let negative = isPositive.count - positive
    guard positive > 0, negative > 0 else { return nil }
    let ranks = PrivacyComparison.ranks(scores)
    let sum = ranks.indices.reduce(0) { $0 + (isPositive[$1] ? ranks[$1] : 0) }
    return (sum - Double(positive * (positive + 1)) / 2) / Double(positive * negative)
  }
}
