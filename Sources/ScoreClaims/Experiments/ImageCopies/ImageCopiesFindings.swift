import ScoreCore
import ScoreLab

/// What the readings say of the claim.
struct ImageCopiesFindings: ExperimentFindings {
  typealias Plan = ImageCopiesPlan
  typealias Source = Plan.Source

  let values: ImageCopies
  let run: RunConfiguration
  let split: CopySplit
  /// By source and place; nil inside for a sample that is not finite.
  private var readings: [Source: [Int: CopyReading?]] = [:]

  init(_ plan: Plan, _ records: Plan.Records) {
    (values, run, split) = (plan.values, plan.run, plan.split)
    for (unit, record) in records.finished {
      switch (unit, record) {
      case (.reading(let place, let source), .reading(let found)):
        readings[source, default: [:]][place] = .some(found)
      case (.training, .trained): break
      case (.training, .reading), (.reading, .trained):
        preconditionFailure("A unit's record is of its kind.")
      }
    }
  }

  /// Whether a sample was read, finite or not.
  func isRead(_ source: Source, _ place: Int) -> Bool { readings[source]?[place] != nil }

  func reading(_ source: Source, _ place: Int) -> CopyReading? { readings[source]?[place] ?? nil }

  /// The places at which all sources were read and are finite or not.
  var places: [Int] { Array(split.counts.indices) }
  var last: Int { split.counts.count - 1 }
}

// MARK: - Checks

extension ImageCopiesFindings {
  /// Three times what images left out have.
  private static let fewCopies = 3 * NearestNull.share

  var checks: [Check] {
    [
      copies(.claim, "few_are_copied", .network, 0, .atLeast(0.5), "most samples are copies"),
      copies(
        .claim, "many_are_not", .network, last, .atMost(Self.fewCopies),
        "three times the share of images left out"),
      fallCheck, energyCheck,
      extreme(
        "exact_copies", .memorizing, "least share of copies over n", .atLeast(0.9),
        "its samples are training images", { $0.min() ?? .nan }),
      extreme(
        "gaussian_copies", .gaussian, "largest share of copies over n", .atMost(Self.fewCopies),
        "it knows no image", { $0.max() ?? .nan }),
      extreme(
        "zero_copies", .zero, "largest share of copies over n", .atMost(Self.fewCopies),
        "it knows nothing", { $0.max() ?? .nan }),
      copies(
        .agreement, "null", .fresh, last, .near(NearestNull.share, tolerance: 0.1),
        "other images of the same kind; the quantile of the null is itself uncertain"),
      nestedCheck,
    ]
  }

  private func copies(
    _ kind: Check.Kind, _ name: String, _ source: Source, _ place: Int,
    _ requirement: Check.Requirement, _ basis: String
  ) -> Check {
    let found = reading(source, place)
    return Check(
      kind, name, "share of copies, \(source.rawValue), n = \(split.counts[place])",
      measured: isRead(source, place) ? found?.share ?? .nan : nil, interval: found?.interval,
      requirement, basis: basis + "; Clopper and Pearson")
  }

  /// A check of the extreme of a source's shares over all n, which needs all of them.
  private func extreme(
    _ name: String, _ source: Source, _ statement: String, _ requirement: Check.Requirement,
    _ basis: String, _ choose: ([Double]) -> Double
  ) -> Check {
    let isDone = places.allSatisfy { isRead(source, $0) }
    let found = places.compactMap { reading(source, $0) }
    let isFinite = isDone && found.count == places.count
    func chosen(_ value: (CopyReading) -> Double) -> Double { choose(found.map(value)) }
    return Check(
      .agreement, name, "\(statement), \(source.rawValue)",
      measured: isDone ? (isFinite ? chosen(\.share) : .nan) : nil,
      interval: isFinite
        ? chosen { $0.interval.lowerBound }...chosen { $0.interval.upperBound } : nil,
      requirement, basis: basis + "; Clopper and Pearson")
  }

  private var fallCheck: Check {
    let (few, many) = (reading(.network, 0), reading(.network, last))
    let isDone = isRead(.network, 0) && isRead(.network, last)
    var (measured, interval): (Double?, ClosedRange<Double>?) = (isDone ? .nan : nil, nil)
    if let few, let many {
      measured = many.share - few.share
      interval =
        many.interval.lowerBound - few.interval.upperBound...many.interval.upperBound
        - few.interval.lowerBound
    }
    return Check(
      .claim, "fall", "share of copies, network, at the largest n less at the smallest",
      measured: measured, interval: interval, .atMost(-0.3),
      basis: "far fewer; from the ends of both intervals")
  }

  private var energyCheck: Check {
    let isDone = isRead(.network, last) && isRead(.gaussian, last)
    let both = [reading(.network, last), reading(.gaussian, last)].compactMap { $0 }
    let gaps = both.count == 2 ? zip(both[0].energies, both[1].energies).map { $0 - $1 } : [.nan]
    return Check(
      .claim, "nearer",
      "energy distance to images left out, network less one Gaussian, n = \(split.counts[last])",
      meanOf: isDone ? gaps : nil, .atMost(0),
      basis: "nearer; Student's t over \(CopySplit.groupCount) groups of samples")
  }

  /// More images of which the fewer are part cannot be farther away.
  private var nestedCheck: Check {
    let found = places.map { reading(.fresh, $0) }
    let isDone = places.allSatisfy { isRead(.fresh, $0) }
    let steps = zip(found, found.dropFirst()).map { first, second in
      (second?.threshold ?? .nan) - (first?.threshold ?? .nan)
    }
    return Check(
      .identity, "nested", "largest rise of the null's threshold from an n to the next",
      measured: isDone ? (steps.contains(where: \.isNaN) ? .nan : steps.max() ?? .nan) : nil,
      .atMost(1e-12), basis: "the images of an n are among those of the next")
  }
}
