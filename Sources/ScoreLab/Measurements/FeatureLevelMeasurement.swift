import Glibc
import ScoreCore

/// The features of the last layer at the probe's levels, half a level a unit: trained and untrained.
public struct FeatureLevelMeasurement: Measurement {
  public typealias Value = NetworkLevels<FeatureLevel>
  public static let name = "feature_levels"
  public static let dependencies = [MeasurementDependency.weights]
  public static let isTakenUnasked = false
  /// Groups of points whose covariances are draws.
  private static let groupCount = 4
  private static let permutations = 19
  /// Numbers of the features of one level.
  private static let featureLimit = 48_000

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let times: [Double]
  private let seed: UInt64
  private let reach = DrawnNumber.reach(draws: groupCount)
  private var parts: MixtureParts?
  private var hasLookedForParts = false
  /// Measured once, with what the noisy points themselves have.
  private var untrained: [(side: FeatureLevel.Side, points: Double?)] = []
  private var pass: (step: Int, network: NetworkScore, width: Int, levels: [FeatureLevel])?
  public private(set) var reading = Reading<Value>()

  public init(of subject: MeasurementSubject) {
    (distribution, process) = (subject.distribution, subject.process)
    times = subject.probe(points: nil).times
    seed = subject.configuration.seed
  }

  public var unitCost: Double { 1024 }

  public mutating func begin(_ input: MeasurementInput) {
    pass = nil
    guard let network = input.score() as? NetworkScore else {
      return reading.value = .missing(.judged)
    }
    guard let perceptron = network.architecture as? Perceptron, network.condition.isEmpty,
      let last = perceptron.layers.last
    else { return reading.value = .missing(.notPerceptron) }
    guard perceptron.layers.count > 1 else { return reading.value = .missing(.withoutHiddenLayer) }
    pass = (input.step, network, last.inputs, [])
  }

  public mutating func step() -> Bool {
    guard var pass else { return true }
    self.pass = nil
    if !hasLookedForParts {
      parts = MixtureParts(of: distribution)
      hasLookedForParts = true
    }
    let index = pass.levels.count
    let level = process.level(at: times[index])
    var stream = LevelDraw.stream(seed: seed, measurement: 2, level: index, draw: 0)
    let count = pointCount(width: pass.width)
    let drawn = parts?.sample(count: count, using: &stream)
    let clean = drawn?.points ?? distribution.sample(count: count, using: &stream)
    let x = LevelDraw(clean, at: level, using: &stream).x
    guard untrained.count > index else {
      let start = side(pass.network.untrained(seed: seed), x, level, pass.width, drawn?.labels)
      let points = drawn.map {
        ClassSeparability.share(x.values, width: x.dimension, labels: $0.labels)
      }
      untrained.append((start.side, points))
      self.pass = pass
      return false
    }
    let trained = side(pass.network, x, level, pass.width, drawn?.labels)
    pass.levels.append(
      FeatureLevel(
        level: level, time: times[index], width: pass.width, partCount: parts?.count,
        trained: trained.side, untrained: untrained[index].side,
        pointSeparability: untrained[index].points,
        permuted: drawn.map {
          permuted(trained.rows, width: pass.width, labels: $0.labels, using: &stream)
        }))
    guard pass.levels.count == times.count else {
      self.pass = pass
      return false
    }
    let broken = pass.levels.count { !$0.trained.firstAxis.value.isFinite }
    reading.end(
      with: .known(step: pass.step, levels: pass.levels), step: pass.step, brokenCount: broken,
      of: pass.levels.count)
    return true
  }

  /// Fewer of wide layers; a multiple of the groups, each of pairs of rows.
  private func pointCount(width: Int) -> Int {
    let step = 2 * Self.groupCount
    return max(64, min(400, Self.featureLimit / width)) / step * step
  }

  private func side(
    _ network: NetworkScore, _ x: Points, _ level: NoiseLevel, _ width: Int, _ labels: [Int]?
  ) -> (side: FeatureLevel.Side, rows: [Double]) {
    let rows = network.outputLayerInputs(at: x, level: level)
    let size = rows.count / Self.groupCount
    let groups = (0..<Self.groupCount).map { group in
      Self.variance(Array(rows[group * size..<(group + 1) * size]), width: width)
    }
    let side = FeatureLevel.Side(
      firstAxis: number(groups.map(\.first)), firstTwoAxes: number(groups.map(\.firstTwo)),
      separability: labels.map { labels in
        Self.share(
          ClassSeparability.share(rows, width: width, labels: labels), of: labels.count / 2)
      })
    return (side, rows)
  }

  private func number(_ draws: [Double]) -> DrawnNumber {
    guard draws.allSatisfy(\.isFinite) else { return DrawnNumber(value: .nan, interval: 0...0) }
    let number = DrawnNumber(ofDraws: draws, reach: reach)
    let sides = number.interval.clamped(to: 0...1)
    return DrawnNumber(value: number.value, interval: sides)
  }

  /// The largest share of guesses by permuted labels.
  private func permuted(
    _ rows: [Double], width: Int, labels: [Int], using stream: inout RandomStream
  ) -> Double {
    var labels = labels
    return (0..<Self.permutations).reduce(0) { largest, _ in
      for last in stride(from: labels.count - 1, to: 0, by: -1) {
        labels.swapAt(last, min(last, Int(stream.uniform() * Double(last + 1))))
      }
      return max(largest, ClassSeparability.share(rows, width: width, labels: labels))
    }
  }

  /// The share of the variance along the first axis and the first two.
  private static func variance(_ rows: [Double], width: Int) -> (first: Double, firstTwo: Double) {
    guard rows.allSatisfy(\.isFinite) else { return (.nan, .nan) }
    let values = CovarianceEigenvalues.ofRows(rows, width: width)
    let total = values.reduce(0) { $0 + max(0, $1) }
    // Features that are the same everywhere have no axes; nothing is told then.
    guard total > 0 else { return (0, 0) }
    let first = max(0, values[values.count - 1])
    let second = values.count > 1 ? max(0, values[values.count - 2]) : 0
    return (first / total, (first + second) / total)
  }

  /// A share of independent guesses, with Wilson's interval.
  ///
  /// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
  static func share(_ share: Double, of count: Int) -> DrawnNumber {
    let (n, z) = (Double(count), 1.96)
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let reach =
      z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    return DrawnNumber(value: share, interval: max(0, middle - reach)...min(1, middle + reach))
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { ($0.step ?? 0) > step ? nil : $0 }
  }
}

/// The eigenvalues of the covariance of rows.
enum CovarianceEigenvalues {
  /// Those that may differ from 0, ascending, up to a common factor.
  ///
  /// - Parameters:
  ///   - rows: `[count, width]` row-major, finite.
  ///   - width: The number of columns.
  /// - Returns: As many as the smaller of the two.
  static func ofRows(_ rows: [Double], width: Int) -> [Double] {
    let count = rows.count / width
    // By columns, `[width][count]`, so that both products below are of neighbours.
    var columns = (0..<width).map { k in (0..<count).map { rows[$0 * width + k] } }
    for k in columns.indices {
      let mean = columns[k].reduce(0, +) / Double(count)
      for i in 0..<count { columns[k][i] -= mean }
    }
    // Both products have the same eigenvalues but for zeros; the smaller one is taken.
    let vectors = width <= count ? columns : (0..<count).map { i in columns.map { $0[i] } }
    var gram = [Double](repeating: 0, count: vectors.count * vectors.count)
    for i in vectors.indices {
      for j in 0...i {
        let product = dot(vectors[i], vectors[j])
        gram[i * vectors.count + j] = product
        gram[j * vectors.count + i] = product
      }
    }
    return SymmetricEigen.values(ofLarge: gram, size: vectors.count)
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        // Eight sums next to each other keep the loop in vectors.
        var lanes = SIMD8<Double>()
        var i = 0
        while i + 8 <= a.count {
          var (left, right) = (SIMD8<Double>(), SIMD8<Double>())
          for k in 0..<8 { (left[k], right[k]) = (a[i + k], b[i + k]) }
          // Not addProduct: where the baseline has no such instruction it is a call for every lane.
          lanes += left * right
          i += 8
        }
        var total = lanes.sum()
        while i < a.count {
          total += a[i] * b[i]
          i += 1
        }
        return total
      }
    }
  }
}
