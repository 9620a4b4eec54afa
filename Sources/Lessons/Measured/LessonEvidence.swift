import Glibc
import ScoreCore
package import ScoreLab
import ScoreTheory

/// What is known of a run at a moment: the only thing that expressions of lessons see.
package struct LessonEvidence: Sendable {
  /// What is exactly known; nil where the run is not one of a lesson.
  package var scene: LessonScene?
  /// What the run's settings are now.
  package var configuration: RunConfiguration
  /// What is measured; nil before the first message of the run.
  package var snapshot: Snapshot?
  /// The time of the cursor and of the noise level that are shown.
  package var shownTime: Double?
  package var shownLevel: Double?

  package init(
    scene: LessonScene?, configuration: RunConfiguration, snapshot: Snapshot?,
    shownTime: Double? = nil, shownLevel: Double? = nil
  ) {
    self.scene = scene
    self.configuration = configuration
    self.snapshot = snapshot
    self.shownTime = shownTime
    self.shownLevel = shownLevel
  }

  /// The value of an expression; nil while something in it is not known or no number.
  package func value(
    of expression: LessonExpression, variables: [String: Double] = [:]
  ) -> Double? {
    func value(_ inner: LessonExpression) -> Double? { self.value(of: inner, variables: variables) }
    let result: Double?
    switch expression {
    case .number(let number): result = number
    case .variable(let name): result = variables[name]
    case .negated(let inner): result = value(inner).map { -$0 }
    case .function(let function, let inner): result = value(inner).map { function.value(at: $0) }
    case .operation(let sign, let left, let right):
      guard let left = value(left), let right = value(right) else { return nil }
      result = Self.apply(sign, left, right)
    case .quantity(let quantity, let arguments):
      var numbers: [Double] = []
      var word = ""
      for argument in arguments {
        switch argument {
        case .word(let name): word = name
        case .value(let inner):
          guard let number = value(inner) else { return nil }
          numbers.append(number)
        }
      }
      result = known(quantity, numbers, word) ?? measured(quantity, numbers, word)
    }
    return result.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Whether a condition holds; nil while it is not known.
  package func holds(_ condition: LessonCondition, variables: [String: Double] = [:]) -> Bool? {
    guard let left = value(of: condition.left, variables: variables),
      let right = value(of: condition.right, variables: variables)
    else { return nil }
    return condition.comparison.holds(left, right)
  }

  private static func apply(
    _ sign: LessonExpression.Operator, _ left: Double, _ right: Double
  ) -> Double {
    switch sign {
    case .plus: left + right
    case .minus: left - right
    case .times: left * right
    case .over: left / right
    case .power: pow(left, right)
    }
  }

  /// What follows from the configuration.
  private func known(
    _ quantity: LessonQuantity, _ numbers: [Double], _ word: String
  ) -> Double? {
    func level(_ value: (NoiseLevel) -> Double) -> Double? {
      scene?.level(at: numbers[0]).map(value)
    }
    switch quantity {
    case .alpha: return level { $0.alpha }
    case .sigma: return level { $0.sigma }
    case .logSNR: return level { $0.logSNR }
    case .variance: return scene?.variance(at: numbers[0])
    case .density, .planeDensity:
      return scene?.pointValue(numbers.dropLast(), numbers.last).map { exp($0.logDensity) }
    case .score, .planeScoreX:
      return scene?.pointValue(numbers.dropLast(), numbers.last)?.score[0]
    case .planeScoreY: return scene?.pointValue(numbers.dropLast(), numbers.last)?.score[1]
    case .flowEnd: return scene?.flowEnd(from: numbers[0], at: numbers[1])
    case .denoised:
      guard let score = scene?.pointValue(numbers.dropLast(), numbers.last)?.score[0],
        let level = scene?.level(at: numbers[1])
      else { return nil }
      return (numbers[0] + level.sigma * level.sigma * score) / level.alpha
    case .sampledVariance:
      return Int(exactly: numbers[0].rounded()).flatMap {
        scene?.sampledVariance(word, steps: $0, as: configuration)
      }
    case .pairL2:
      guard numbers[0] >= 0 else { return nil }
      return scene?.pair.map { $0.l2Squared(time: numbers[0]).squareRoot() }
    case .pairQuantile:
      guard numbers[0] > 0, numbers[0] < 1, numbers[1] >= 0 else { return nil }
      return scene?.pair?.quantileError(delta: numbers[0], time: numbers[1])
    case .pairTotalVariation: return scene?.pair?.totalVariation(time: 0)
    case .pairDivergence:
      guard numbers[0] >= 0 else { return nil }
      return scene?.pair?.kullbackLeibler(time: numbers[0])
    case .pairWrongChoice:
      guard (1...1_000_000).contains(numbers[0]), numbers[1] >= 0 else { return nil }
      return scene?.pair?.wrongChoiceProbability(sampleCount: Int(numbers[0]), time: numbers[1])
    case .setting: return configuration.text(at: word).flatMap { Double($0) }
    case .shownTime: return shownTime
    case .shownLevel: return shownLevel
    case .step, .loss, .floor, .heldOutLoss, .heldOutExcess, .bestStep, .l2, .quantile,
      .markovGap, .worstShare, .metric, .metricLimit, .rareCount, .rareExpected, .sampleVariance,
      .approximationError, .statisticalError, .optimizationError, .levelFloor, .levelExcess,
      .recoverable, .foundDimension:
      return nil
    }
  }

  /// What the run has shown.
  private func measured(
    _ quantity: LessonQuantity, _ numbers: [Double], _ word: String
  ) -> Double? {
    guard let snapshot else { return nil }
    switch quantity {
    case .step: return Double(snapshot.step)
    case .loss: return snapshot.history.smoothed
    case .floor: return snapshot.floor?.value
    case .heldOutExcess: return snapshot.heldOut.last?.excess
    case .heldOutLoss:
      guard let excess = snapshot.heldOut.last?.excess else { return nil }
      return snapshot.floor.map { $0.value + excess }
    case .bestStep: return snapshot.heldOut.min { $0.excess < $1.excess }.map { Double($0.step) }
    case .l2: return errors(at: numbers[0], snapshot)?.l2
    case .quantile:
      return errors(at: numbers[0], snapshot)?.quantileError(delta: configuration.probe.delta)
    case .markovGap:
      return errors(at: numbers[0], snapshot)?.markovGap(delta: configuration.probe.delta)
    case .worstShare:
      return errors(at: numbers[0], snapshot)?.worstShare(delta: configuration.probe.delta)
    case .approximationError: return parts(at: numbers[0], snapshot)?.approximation?.l2
    case .statisticalError: return parts(at: numbers[0], snapshot)?.statistical?.l2
    case .optimizationError: return parts(at: numbers[0], snapshot)?.optimization?.l2
    case .levelFloor: return loss(at: numbers[0], snapshot) { $0.floor(of: $1, at: $2) }
    case .levelExcess: return loss(at: numbers[0], snapshot) { $0.excess(of: $1, at: $2) }
    case .recoverable: return loss(at: numbers[0], snapshot) { $0.recoverable(of: $1, at: $2) }
    case .foundDimension: return dimension(at: numbers[0], snapshot)?.learned.value
    case .metric: return metric(word, snapshot)?.value
    case .metricLimit: return metric(word, snapshot)?.nullHigh
    case .rareCount: return rare(snapshot).map { Double($0.count) }
    case .rareExpected: return rare(snapshot)?.expected
    case .sampleVariance: return sampleVariance(snapshot)
    case .alpha, .sigma, .logSNR, .variance, .density, .score, .denoised, .planeDensity,
      .planeScoreX, .planeScoreY, .flowEnd, .sampledVariance, .pairL2, .pairQuantile,
      .pairTotalVariation, .pairDivergence, .pairWrongChoice, .setting,
      .shownTime, .shownLevel:
      return nil
    }
  }

  /// The errors at the level whose log signal-to-noise ratio is nearest to that of a time.
  private func errors(at time: Double, _ snapshot: Snapshot) -> ScoreErrorDistribution? {
    guard let levels = snapshot.probe?.levels, let scene else { return nil }
    return scene.nearest(to: time, of: levels.map(\.level)).map { levels[$0] }
  }

  private func metric(_ name: String, _ snapshot: Snapshot) -> MetricResult? {
    snapshot.sampleMetrics?.first { $0.name == name }?.result
  }

  private func samples(_ snapshot: Snapshot) -> Points? {
    guard let way = snapshot.samples?.trajectories, let last = way.frames.last else { return nil }
    return Points(values: last.map(Double.init), dimension: way.dimension)
  }

  private func rare(_ snapshot: Snapshot) -> (count: Int, expected: Double)? {
    guard let part = snapshot.rarePart, let points = samples(snapshot) else { return nil }
    return (part.count(of: points), part.expectation(of: points.count).value)
  }

  private func sampleVariance(_ snapshot: Snapshot) -> Double? {
    guard let points = samples(snapshot), points.count > 1 else { return nil }
    let values = (0..<points.count).map { points[$0, 0] }
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
  }
}
