import Glibc
import ScoreCore
import ScoreTheory
import Testing

@Suite struct ScoreRegressionTests {
  private static let process = OrnsteinUhlenbeck(horizon: 5, stop: 0.01)
  private static let atoms = IsotropicMixture(
    means: Points(rows: [[-1], [1]]), deviations: [0, 0])

  private static func rule(_ time: Double) -> PopulationRule {
    PopulationRule(line: atoms, level: process.level(at: time), range: -1...1)
  }

  /// x, 1 and three ramps.
  private struct Ramps: ScoreFeatures {
    var dimension: Int { 1 }
    var count: Int { 5 }
    func values(at x: Points, level: NoiseLevel) -> [Double] {
      x.values.flatMap { [$0, 1, max(0, $0 + 1), max(0, $0), max(0, $0 - 1)] }
    }
  }

  @Test(
    "The linear class misses the score by the Fisher information minus 1 / variance",
    arguments: [0.05, 0.5, 1], [true, false])
  func approximation(time: Double, hasIntercept: Bool) throws {
    let rule = Self.rule(time)
    for target in [NoiseTarget() as any TrainingTarget, ScoreTarget(), DataTarget()] {
      var regression = ScoreRegression(
        LinearFeatures(dimension: 1, hasIntercept: hasIntercept), target: target, ridge: 0)
      regression.add(rule.rows(target: target))
      let score = try #require(regression.minimiser).score(at: rule.points, level: rule.level)
      let gap = rule.gap(between: rule.scores, and: score, deltas: [])
      let s2 = rule.level.sigma * rule.level.sigma
      // The distribution's own quadrature; alpha^2 + sigma^2 is the variance, 1.
      let information = try #require(Self.atoms.fisherInformation(at: rule.level))
      #expect(abs(gap.squared - s2 * (information - 1)) < 1e-9)
    }
  }

  @Test("Ramps leave the error, and n points the error, that scipy's quadrature finds")
  func ramps() throws {
    let rule = Self.rule(0.5)
    var regression = ScoreRegression(Ramps(), ridge: 1e-12)
    regression.add(rule.rows(target: NoiseTarget()))
    let minimiser = try #require(regression.minimiser)
    let gap = rule.gap(
      between: rule.scores, and: minimiser.score(at: rule.points, level: rule.level), deltas: [])
    // x and 1 are sums of ramps nowhere, so the five are independent. The trapezoidal rule's error at
    // kinks is of the order of its spacing squared, 1e-4.
    #expect(abs(gap.squared - 5.346956e-4) < 1e-6)
    let error = try #require(
      EstimationError(regression, rule: rule, distribution: Self.atoms))
    #expect(abs(error.perPoint - 1.219221449) < 1e-3)
    #expect(abs(error.gradientVariance - 1.102433600) < 1e-3)
  }

  @Test(
    "Least squares in d dimensions errs by d^2 (1 - sigma^2/v) / (n - d - 1) on Gaussian data",
    arguments: [(1, 30), (2, 40)])
  func statisticalError(dimension d: Int, count n: Int) throws {
    let level = Self.process.level(at: 0.2)
    let v = level.alpha * level.alpha * 4 + level.sigma * level.sigma
    let errors = try (0..<2000).map { index in
      var stream = RandomStream(seed: 6, purpose: .test, index: UInt64(index))
      let draws = stream.normals(count: 2 * n, dimension: d)
      let clean = Points(values: draws.rows(0..<n).values.map { 2 * $0 }, dimension: d)
      var regression = ScoreRegression(
        LinearFeatures(dimension: d, hasIntercept: false), ridge: 0)
      regression.add(
        RegressionRows(
          clean: clean, noise: draws.rows(n..<2 * n), level: level, target: NoiseTarget()))
      let weights = try #require(regression.minimiser).weights
      // The exact prediction is sigma x / v, and x has the variance v along each axis.
      return (0..<d * d).reduce(0.0) { sum, k in
        let gap = weights[k] - (k % (d + 1) == 0 ? level.sigma / v : 0)
        return sum + v * gap * gap
      }
    }
    let (mean, share) = (errors.reduce(0, +) / 2000, 1 - level.sigma * level.sigma / v)
    let variance = errors.reduce(0.0) { $0 + pow($1 - mean, 2) } / 1999
    // Four standard errors; one dimension is the closed form of the parametric class.
    let expected = Double(d * d) * share / Double(n - d - 1)
    #expect(abs(mean - expected) < 4 * (variance / 2000).squareRoot())
    if d == 1 {
      let known = LinearScoreRegression(variance: 4, level: level).expectedError(sampleCount: n)
      #expect(abs(known - expected) < 1e-15)
    }
  }

  @Test("To first order the error of slopes on Gaussian data is (1 - sigma^2/v) / n")
  func firstOrder() throws {
    let (normal, level) = (CentredData.normal, Self.process.level(at: 0.2))
    let rule = PopulationRule(line: normal, level: level, range: -20...20)
    var regression = ScoreRegression(LinearFeatures(dimension: 1, hasIntercept: false), ridge: 0)
    regression.add(rule.rows(target: NoiseTarget()))
    let error = try #require(EstimationError(regression, rule: rule, distribution: normal))
    let v = level.alpha * level.alpha * 4 + level.sigma * level.sigma
    // Slopes of the score are differences over 1e-4 sigma.
    #expect(abs(error.perPoint - (1 - level.sigma * level.sigma / v)) < 1e-7)
    #expect(abs(error.gradientVariance - v * (1 - level.sigma * level.sigma / v)) < 1e-6)
  }

  private enum CentredData {
    static let normal = IsotropicMixture(means: Points(rows: [[0]]), deviations: [2])
  }

  @Test("One slope for several levels is the ratio of the sums of weighted moments")
  func severalLevels() throws {
    var regression = ScoreRegression(LinearFeatures(dimension: 1, hasIntercept: false), ridge: 0)
    var (top, bottom) = (0.0, 0.0)
    for (time, weight) in [(0.05, 0.2), (0.5, 3), (1, 1)] {
      let rule = Self.rule(time)
      regression.add(rule.rows(target: NoiseTarget(), weight: weight))
      // E[z x_t] = sigma and E[x_t^2] = 1.
      top += weight * rule.level.sigma
      bottom += weight
    }
    let found = try #require(regression.minimiser).weights[0]
    #expect(abs(found - top / bottom) < 1e-11)
  }

  @Test(
    "Full-batch descent on a network ends where the normal equations of its last layer do",
    arguments: [[], [12]])
  func networks(hidden: [Int]) throws {
    let level = Self.process.level(at: 0.3)
    let network = Perceptron(
      InputEncoding(dimension: 1, timeFeatures: TimeFeatures(.plain, pairs: 0)), hidden: hidden,
      activation: .relu, hasFrozenFeatures: true)
    var score = NetworkScore(
      architecture: network, parameters: network.initialParameters(seed: 5),
      process: Self.process, threads: 1)
    var stream = RandomStream(seed: 7, purpose: .test)
    let rows = RegressionRows(
      clean: Self.atoms.sample(count: 300, using: &stream),
      noise: stream.normals(count: 300, dimension: 1), level: level, target: NoiseTarget())
    var regression = ScoreRegression(NetworkFeatures(score))
    regression.add(rows)
    let exact = try #require(regression.minimiser)
    let risk = FixedRisk(
      architecture: network, target: NoiseTarget(), process: Self.process, rows: [rows],
      threads: 1)
    let found = risk.minimum(from: [score.parameters])
    var weights = score.parameters.map { Double($0) }
    for (k, weight) in exact.weights.enumerated() { weights[network.trainedOffset + k] = weight }
    var gradient = [Double](repeating: 0, count: weights.count)
    let least = risk.evaluate(at: weights, gradient: &gradient)
    // Float32 passes lose some 1e-7 of a loss near 1/2. Features that nearly depend on one another have
    // directions of so little curvature that descent leaves part of the 1/n that each can bring.
    #expect(found.loss >= least - 1e-6 && found.loss < least + (hidden.isEmpty ? 1e-6 : 0.01))
    guard hidden.isEmpty else { return }
    #expect(found.ending == .converged && found.gradientNorm <= 1e-5)
    score.parameters = found.parameters
    let rule = Self.rule(0.3)
    let gap = rule.gap(
      between: exact.score(at: rule.points, level: level),
      and: score.score(at: rule.points, level: level), deltas: [])
    // A gradient of 1e-5 along curvatures near 1.
    #expect(gap.squared < 1e-9)
  }
}
