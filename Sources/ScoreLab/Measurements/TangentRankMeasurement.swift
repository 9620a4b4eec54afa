import ScoreCore

/// The effective rank of the tangent kernel at the probe's levels, one draw of points a unit.
public struct TangentRankMeasurement: Measurement {
  public typealias Value = NetworkLevels<TangentRank>
  public static let name = "tangent_rank"
  public static let dependencies = [MeasurementDependency.weights]
  public static let isTakenUnasked = false
  /// The most that a unit may be of: its gradients are taken one by one.
  private static let largestWeightCount = 1_000_000
  /// Floats of the gradients of one draw.
  private static let gradientLimit = 2_000_000
  static let drawCount = 4
  private static let points = (least: 6, most: 16)

  private let distribution: any KnownScoreDistribution
  private let process: any ForwardProcess
  private let times: [Double]
  private let seed: UInt64
  private let reach = DrawnNumber.reach(draws: drawCount)
  /// Measured once.
  private var untrained: [DrawnNumber] = []
  private var pass: Pass?
  private var pointsAtOnce = points.most
  public private(set) var reading = Reading<Value>()

  private struct Pass {
    let step: Int
    let network: NetworkScore
    var levels: [TangentRank] = []
    /// What each draw at the level under way has.
    var trained: [Double] = []
    var untrained: [Double] = []
  }

  public init(of subject: MeasurementSubject) {
    (distribution, process) = (subject.distribution, subject.process)
    times = subject.probe(points: nil).times
    seed = subject.configuration.seed
  }

  // A gradient, of one point alone, is held to be 20 evaluations of points that go together.
  public var unitCost: Double { Double(20 * pointsAtOnce) }

  public mutating func begin(_ input: MeasurementInput) {
    pass = nil
    guard let network = input.score() as? NetworkScore else {
      return reading.value = .missing(.judged)
    }
    let weights = network.architecture.parameterCount
    guard weights <= Self.largestWeightCount else {
      return reading.value = .missing(.tooManyWeights(limit: Self.largestWeightCount))
    }
    pointsAtOnce = max(Self.points.least, min(Self.points.most, Self.gradientLimit / weights))
    pass = Pass(step: input.step, network: network)
  }

  public mutating func step() -> Bool {
    guard var pass else { return true }
    self.pass = nil
    let index = pass.levels.count
    let level = process.level(at: times[index])
    let draw = pass.trained.count
    pass.trained.append(rank(of: pass.network, at: level, index: index, draw: draw))
    if untrained.count == index {
      let start = pass.network.untrained(seed: seed)
      pass.untrained.append(rank(of: start, at: level, index: index, draw: draw))
    }
    guard pass.trained.count == Self.drawCount else {
      self.pass = pass
      return false
    }
    if untrained.count == index { untrained.append(number(pass.untrained)) }
    pass.levels.append(
      TangentRank(
        level: level, time: times[index], pointCount: pointsAtOnce, trained: number(pass.trained),
        untrained: untrained[index]))
    (pass.trained, pass.untrained) = ([], [])
    guard pass.levels.count == times.count else {
      self.pass = pass
      return false
    }
    let broken = pass.levels.count { !$0.trained.value.isFinite }
    reading.end(
      with: .known(step: pass.step, levels: pass.levels), step: pass.step, brokenCount: broken,
      of: pass.levels.count)
    return true
  }

  private func number(_ draws: [Double]) -> DrawnNumber {
    guard draws.allSatisfy(\.isFinite) else { return DrawnNumber(value: .nan, interval: 0...0) }
    return DrawnNumber(ofDraws: draws, reach: reach)
  }

  private func rank(of network: NetworkScore, at level: NoiseLevel, index: Int, draw: Int) -> Double
  {
    var stream = LevelDraw.stream(seed: seed, measurement: 1, level: index, draw: draw)
    let clean = distribution.sample(count: pointsAtOnce, using: &stream)
    let x = LevelDraw(clean, at: level, using: &stream).x
    let directions = stream.normals(count: pointsAtOnce, dimension: x.dimension)
    let gram = network.directionalTangentGram(at: x, along: directions, level: level)
    guard gram.allSatisfy(\.isFinite) else { return .nan }
    return EffectiveRank.value(ofGram: gram, size: pointsAtOnce)
  }

  public mutating func forget(after step: Int) {
    pass = nil
    reading.forget(after: step) { ($0.step ?? 0) > step ? nil : $0 }
  }
}

extension NetworkScore {
  /// The tangent kernel of one direction of the outputs at each point.
  ///
  /// - Parameters:
  ///   - x: The points.
  ///   - directions: Of any length but 0, the same shape; their lengths are taken out.
  ///   - level: The noise level of the points.
  /// - Returns: `[x.count, x.count]` row-major.
  func directionalTangentGram(
    at x: Points, along directions: Points, level: NoiseLevel
  ) -> [Double] {
    let lengths = directions.squaredNorms().map { $0.squareRoot() }
    let gradients = (0..<x.count).map { row in
      predictionGradient(
        at: x.row(row), level: level, weights: directions.row(row).map { $0 / lengths[row] })
    }
    let offset = architecture.trainedOffset
    var gram = [Double](repeating: 0, count: x.count * x.count)
    for i in 0..<x.count {
      for j in 0...i {
        let product = GradientProduct.value(gradients[i], gradients[j], from: offset)
        gram[i * x.count + j] = product
        gram[j * x.count + i] = product
      }
    }
    return gram
  }
}

/// The product of two gradients.
enum GradientProduct {
  /// The sum from a place on: in vectors of 16 lanes, folded into float64 every 64 of them.
  static func value(_ a: [Float], _ b: [Float], from offset: Int) -> Double {
    a.withUnsafeBytes { left in
      b.withUnsafeBytes { right in
        var total = 0.0
        var i = offset
        while i + 16 <= a.count {
          let end = min(i + 1024, a.count - (a.count - i) % 16)
          var lanes = SIMD16<Float>()
          while i < end {
            // Not addProduct: where the baseline has no such instruction it is a call for every lane.
            lanes +=
              left.loadUnaligned(fromByteOffset: 4 * i, as: SIMD16<Float>.self)
              * right.loadUnaligned(fromByteOffset: 4 * i, as: SIMD16<Float>.self)
            i += 16
          }
          total += Double(lanes.sum())
        }
        while i < a.count {
          total += Double(a[i]) * Double(b[i])
          i += 1
        }
        return total
      }
    }
  }
}
