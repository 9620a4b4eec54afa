public import ScoreCore
import ScoreTheory

/// The class of each sample, and how far it is guided to it.
public struct ClassSampling: Sendable {
  /// What the classes are called.
  public let names: [String]
  private let points: LabelledPoints
  /// The one class that is wanted; nil for all in their shares.
  private let wanted: Int?
  private let guidance: Double

  /// Takes what a configuration asks for; nil where its network is given no class.
  ///
  /// - Parameters:
  ///   - configuration: Of the run; a class beyond the last is taken for the last.
  ///   - distribution: Its distribution.
  public init?(_ configuration: RunConfiguration, _ distribution: any KnownScoreDistribution) {
    guard configuration.network.condition == .label, let points = LabelledPoints(distribution)
    else { return nil }
    let (sampler, present) = (configuration.sampler, points.presentClasses)
    self.points = points
    names = points.classNames
    guidance = sampler.guidance
    wanted =
      sampler.classNumber < 0
      ? nil : present.last { $0 <= sampler.classNumber } ?? present.first
  }

  /// Finds out whether the data have the classes that a configuration asks for.
  ///
  /// - Throws: `ParameterError` at the key that asks for too much.
  public static func check(
    _ configuration: RunConfiguration, _ distribution: any KnownScoreDistribution
  ) throws(ParameterError) {
    guard configuration.network.condition == .label else { return }
    guard let points = LabelledPoints(distribution) else {
      throw ParameterError(
        path: ["network", "condition"],
        message: "the data have no classes; name their labels in distribution, or set it to none")
    }
    let wanted = configuration.sampler.classNumber
    guard wanted < 0 || points.presentClasses.contains(wanted) else {
      throw ParameterError(
        path: ["sampler", "class"],
        message: "expected -1 or a class of the data, 0 to \(points.conditionCount - 1), found "
          + "\(wanted)")
    }
  }

  /// The classes of samples by their numbers from 0.
  ///
  /// Of all classes the shares are those of the data, as even as can be among any samples that follow
  /// one another: the place of sample k is the fraction of k times the golden ratio.
  public func classes(of rows: Range<Int>) -> [Int] {
    if let wanted { return Array(repeating: wanted, count: rows.count) }
    let present = points.presentClasses
    return rows.map { row in
      var place = (0.5 + Double(row) * 0.618_033_988_749_894_9).truncatingRemainder(dividingBy: 1)
      for index in present {
        place -= points.share(ofClass: index)
        if place < 0 { return index }
      }
      return present[present.count - 1]
    }
  }

  /// The score that samples follow: each that of its class.
  ///
  /// - Parameters:
  ///   - base: The score of points whose class is not known: a network that can be given classes, or
  ///     the exact one.
  ///   - rows: The samples by number.
  /// - Returns: A score for exactly these samples in this order; nil where the base knows no classes.
  public func score(_ base: any ScoreFunction, of rows: Range<Int>) -> (any ScoreFunction)? {
    let classes = classes(of: rows)
    let scores = Set(classes).sorted().compactMap { index in
      given(index, base).map { score in
        RowScore.Part(
          rows: classes.indices.filter { classes[$0] == index },
          score: guidance == 0
            ? score : GuidedScore(conditional: score, marginal: base, weight: guidance))
      }
    }
    return scores.reduce(0) { $0 + $1.rows.count } == classes.count
      ? RowScore(dimension: base.dimension, parts: scores) : nil
  }

  private func given(_ index: Int, _ base: any ScoreFunction) -> (any ScoreFunction)? {
    let condition = points.condition(ofClass: index)
    if let network = base as? NetworkScore {
      return network.condition.count == condition.values.count ? network.given(condition) : nil
    }
    return base is ExactScore ? ExactScore(points.given(condition)) : nil
  }
}

/// A score that differs from row to row of a batch.
private struct RowScore: ScoreFunction {
  struct Part: Sendable {
    let rows: [Int]
    let score: any ScoreFunction
  }

  let dimension: Int
  /// Each row of the batch is in one.
  let parts: [Part]

  func score(at x: Points, level: NoiseLevel) -> Points {
    var result = x
    for part in parts {
      let found = part.score.score(at: x.rows(at: part.rows), level: level)
      for (place, row) in part.rows.enumerated() {
        for axis in 0..<dimension { result[row, axis] = found[place, axis] }
      }
    }
    return result
  }
}

extension NetworkScore {
  /// The score of the points that have a condition.
  func given(_ condition: Condition) -> NetworkScore {
    NetworkScore(
      architecture: architecture, parameters: parameters, target: target, process: process,
      bank: bank, condition: condition.values, threads: threads)
  }
}

extension LabelledPoints {
  /// The classes that have points.
  var presentClasses: [Int] { (0..<conditionCount).filter { share(ofClass: $0) > 0 } }
}
