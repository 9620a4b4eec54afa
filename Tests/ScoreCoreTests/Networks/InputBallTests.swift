import Testing

@testable import ScoreCore

/// Points that a network is fed from a ball, and predictions that are brought back to one.
@Suite struct InputBallTests {
  private static let process = OrnsteinUhlenbeck(horizon: 3, stop: 0.05)
  private static let level = process.level(at: 0.4)

  private func score(radius: Double = .infinity, target: any TrainingTarget = NoiseTarget())
    -> NetworkScore
  {
    let network = Perceptron(
      InputEncoding(
        dimension: 2, positionPairs: 1, timeFeatures: TimeFeatures(.logSNR, pairs: 2),
        radius: radius), hidden: [20, 20])
    return NetworkScore(
      architecture: network, parameters: network.testParameters(seed: 4, scale: 2), target: target,
      process: Self.process)
  }

  private var points: Points {
    var stream = RandomStream(seed: 3, purpose: .test)
    return stream.normals(count: 60, dimension: 2)
  }

  @Test("Outside the ball of inputs a network is what it is at the nearest point of it")
  func inputs() {
    let (free, kept) = (score(), score(radius: 1.2))
    let nearest = points.projected(toRadius: 1.2)
    let found = kept.prediction(at: points, level: Self.level)
    let expected = free.prediction(at: nearest, level: Self.level)
    // Inputs are rounded to float32 once more.
    for i in found.values.indices { #expect(abs(found.values[i] - expected.values[i]) < 5e-6) }
    #expect(nearest != points && free.prediction(at: points, level: Self.level) != expected)
    #expect(
      score(radius: 1e9).prediction(at: points, level: Self.level)
        == free.prediction(at: points, level: Self.level))
  }

  /// Half of the predictions are longer.
  private var middle: Double {
    let raw = score(target: DataTarget()).prediction(at: points, level: Self.level)
    let lengths = (0..<raw.count).map { row in
      (raw[row, 0] * raw[row, 0] + raw[row, 1] * raw[row, 1]).squareRoot()
    }
    return lengths.sorted()[raw.count / 2]
  }

  @Test("Scores are those of predictions brought back to the ball that bounds the support")
  func support() {
    let radius = middle
    let (free, kept) = (
      score(target: DataTarget()), score(target: DataTarget(supportRadius: radius))
    )
    let raw = free.prediction(at: points, level: Self.level)
    let found = kept.prediction(at: points, level: Self.level)
    let scores = kept.score(at: points, level: Self.level)
    let same = free.score(at: points, level: Self.level)
    var outside = 0
    for row in 0..<points.count {
      let length = (raw[row, 0] * raw[row, 0] + raw[row, 1] * raw[row, 1]).squareRoot()
      if length > radius { outside += 1 }
      for axis in 0..<2 {
        let expected = raw[row, axis] * min(1, radius / length)
        #expect(abs(found[row, axis] - expected) < 1e-12)
        // (alpha x_0-hat - x) / sigma^2
        let score =
          (Self.level.alpha * expected - points[row, axis]) / (Self.level.sigma * Self.level.sigma)
        #expect(abs(scores[row, axis] - score) < 1e-11)
        if length <= radius { #expect(abs(scores[row, axis] - same[row, axis]) < 1e-11) }
      }
    }
    #expect(outside == 29)
    let far = score(target: DataTarget(supportRadius: 1e6))
    #expect(far.prediction(at: points, level: Self.level) == raw)
  }

  @Test("Both balls change derivatives as differences do")
  func derivatives() {
    let kept = score(radius: 1.2, target: DataTarget(supportRadius: middle))
    var stream = RandomStream(seed: 5, purpose: .test)
    let v = stream.normals(count: 60, dimension: 2)
    let found = kept.scoreDerivative(at: points, along: v, level: Self.level)
    let h = 1e-3
    func moved(_ step: Double) -> Points {
      kept.score(
        at: points.combined(1, adding: step, times: v), level: Self.level)
    }
    let (above, below) = (moved(h), moved(-h))
    // The norm of either point crosses its radius in a row or two between the differences.
    let near = found.values.indices.filter {
      abs(found.values[$0] - (above.values[$0] - below.values[$0]) / (2 * h)) < 0.02
    }
    #expect(near.count >= found.values.count - 6)
  }

  @Test("The data target's radius comes from the configuration, 0 is none, and less is refused")
  func parameter() throws {
    let entry = try #require(TrainingTargetCatalog.entry(named: "data"))
    #expect(try entry.make() as? DataTarget == DataTarget())
    #expect(try entry.make().predictionRadius == .infinity)
    let ball = try entry.make(["support_radius": .number(2)])
    #expect(ball as? DataTarget == DataTarget(supportRadius: 2))
    #expect(throws: ParameterError.self) { try entry.make(["support_radius": .number(-1)]) }
  }
}
