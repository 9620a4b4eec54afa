import ScoreCore

/// The spread of gradients at the probe's levels, one group of draws a unit.
public struct GradientLevelMeasurement: Measurement {
  public typealias Value = NetworkLevels<GradientLevel>
  public static let name = "gradient_levels"
  public static let dependencies = [MeasurementDependency.weights]
  public static let isTakenUnasked = false
  /// The most that a unit may be of: its gradients are taken one by one.
  private static let largestWeightCount = 1_000_000
  static let groupCount = 5
  /// Draws of a group, with two gradients each.
  private static let groupSize = 8

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let times: [Double]
  private let seed: UInt64
  private let obstacle: NetworkObstacle?
  private let reach = DrawnNumber.reach(draws: groupCount)
  private var pass: Pass?
  public private(set) var reading = Reading<Value>()

  private struct Pass {
    let step: Int
    let network: NetworkScore
    var levels: [GradientLevel] = []
    /// Of the level under way, with drawn and with mean targets.
    var groups: [Group] = []
  }

  private struct Group {
    let drawn: GradientNoise
    let withoutFloor: GradientNoise
  }

  public init(of subject: MeasurementSubject) {
    (distribution, process) = (subject.distribution, subject.process)
    times = subject.probe(points: nil).times
    seed = subject.configuration.seed
    obstacle =
      subject.objective.isHuber
      ? .huber : subject.objective.target.predictionRadius.isFinite ? .projected : nil
  }

  // A gradient, of one point alone, is held to be 20 evaluations of points that go together.
  public var unitCost: Double { Double(20 * 2 * Self.groupSize) }

  public mutating func begin(_ input: MeasurementInput) {
    pass = nil
    guard let network = input.score() as? NetworkScore else {
      return reading.value = .missing(.judged)
    }
    if let obstacle { return reading.value = .missing(obstacle) }
    guard network.architecture.parameterCount <= Self.largestWeightCount else {
      return reading.value = .missing(.tooManyWeights(limit: Self.largestWeightCount))
    }
    pass = Pass(step: input.step, network: network)
  }

  public mutating func step() -> Bool {
    guard var pass else { return true }
    self.pass = nil
    let index = pass.levels.count
    let level = process.level(at: times[index])
    pass.groups.append(group(pass.network, level, index: index, draw: pass.groups.count))
    guard pass.groups.count == Self.groupCount else {
      self.pass = pass
      return false
    }
    pass.levels.append(found(pass.groups, level, time: times[index]))
    pass.groups = []
    guard pass.levels.count == times.count else {
      self.pass = pass
      return false
    }
    let broken = pass.levels.count { !$0.floorShare.value.isFinite }
    reading.end(
      with: .known(step: pass.step, levels: pass.levels), step: pass.step, brokenCount: broken,
      of: pass.levels.count)
    return true
  }

  private func group(
    _ network: NetworkScore, _ level: NoiseLevel, index: Int, draw: Int
  ) -> Group {
    var stream = LevelDraw.stream(seed: seed, measurement: 3, level: index, draw: draw)
    let clean = distribution.sample(count: Self.groupSize, using: &stream)
    let drawn = LevelDraw(clean, at: level, using: &stream)
    let coefficients = network.target.coefficients(at: level)
    let conversion = ScoreConversion(coefficients, at: level)
    let score = distribution.score(at: drawn.x, level: level)
    var (targets, means) = (drawn.clean, drawn.clean)
    for i in targets.values.indices {
      targets.values[i] =
        coefficients.data * drawn.clean.values[i] + coefficients.noise * drawn.noise.values[i]
      means.values[i] =
        (score.values[i] - conversion.scoreFromPoint * drawn.x.values[i])
        / conversion.scoreFromTarget
    }
    return Group(
      drawn: network.gradientNoise(at: drawn.x, targets: targets, level: level),
      withoutFloor: network.gradientNoise(at: drawn.x, targets: means, level: level))
  }

  private func found(_ groups: [Group], _ level: NoiseLevel, time: Double) -> GradientLevel {
    func ratio(_ above: (Group) -> Double, _ below: (Group) -> Double) -> DrawnNumber {
      DrawnNumber(ofRatio: groups.map(above), to: groups.map(below), reach: reach)
    }
    // Both have the same mean, which shows better where less spreads.
    let signal: (Group) -> Double = { $0.withoutFloor.signal }
    let rest = ratio({ $0.withoutFloor.noise }, { $0.drawn.noise })
    return GradientLevel(
      level: level, time: time,
      drawn: .init(signalToNoise: ratio(signal, { $0.drawn.noise })),
      withoutFloor: .init(signalToNoise: ratio(signal, { $0.withoutFloor.noise })),
      floorShare: DrawnNumber(
        value: 1 - rest.value,
        interval: 1 - rest.interval.upperBound...1 - rest.interval.lowerBound))
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { ($0.step ?? 0) > step ? nil : $0 }
  }
}
