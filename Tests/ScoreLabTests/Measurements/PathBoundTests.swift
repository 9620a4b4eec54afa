import Glibc
import ScoreCore
import ScoreTheory
import Testing

@testable import ScoreLab

/// The bound on the samples of a run, against closed forms.
@Suite struct PathBoundTests {
  private static func session(_ assignments: String...) throws -> Session {
    try Session(
      RunConfiguration().setting(
        [
          "distribution={kind: gaussian_mixture, components: [{mean: [0], deviation: 2}]}",
          "process={kind: ornstein_uhlenbeck, horizon: 3, stop: 0.05}", "network.kind=linear",
          "sampler.kind=exponential_integrator", "sampler.steps=8", "sampler.count=400",
          "probe.points=4096",
        ] + assignments))
  }

  private static func terms(_ session: inout Session) throws -> PathBound.Terms {
    session.measureNow(MeasurementRequest([PathBoundMeasurement.self]))
    guard case .known(let terms)? = session.measurements.pathBound else {
      throw ParameterError(path: [], message: "no bound")
    }
    return terms
  }

  @Test("Before training the score error at every step is sigma times the score's own size")
  func untrained() throws {
    var session = try Self.session()
    let terms = try Self.terms(&session)
    #expect(terms.pathCount == 4096 && terms.errors.count == 8 && terms.dimension == 1)
    // A network that predicts the noise 0 has the score 0, and the score of N(0, v_t) is -x / v_t.
    for errors in terms.errors {
      let (a, s) = (errors.level.alpha, errors.level.sigma)
      let v = 4 * a * a + s * s
      #expect(
        errors.l2Interval.contains(s / v.squareRoot())
          || abs(errors.l2 * v.squareRoot() / s - 1) < 0.06)
      let exact = s / v.squareRoot() * StandardNormal.quantile(0.975)
      let quantile = errors.quantileEstimate(delta: 0.05)
      #expect(abs(quantile.orderStatistic / exact - 1) < 0.08)
    }
  }

  @Test("What steps, start and the second moment cost is the closed form of Gaussian data")
  func closedForms() throws {
    var session = try Self.session()
    let terms = try Self.terms(&session)
    let times = terms.errors.map(\.time) + [0.05]
    let cost = FrozenScoreCost(times: times, dataVariance: 4).costOfAll
    #expect(abs(terms.explicit.freezing.value / cost - 1) < 1e-6)
    #expect(terms.secondMoment == 4)
    // TV of N(0, v) and N(0, 1): the densities cross at x with x^2 (1 - 1/v) = log v.
    let v = 1 + 3 * exp(-6.0)
    let x = (log(v) / (1 - 1 / v)).squareRoot()
    let exact = 2 * (StandardNormal.cdf(x) - StandardNormal.cdf(x / v.squareRoot()))
    #expect(abs(terms.explicit.start.value - exact) < 1e-8)
    let order = terms.corollary(delta: 0.05)
    let time = 3 - log(0.05)
    #expect(abs(order.steps - (1.0 / 8).squareRoot() * time) < 1e-12)
    #expect(abs(order.start - 3 * exp(-3.0)) < 1e-12)
    #expect(order.share == 0.05 && order.score != nil)
  }

  @Test(
    "The limit with every constant is above the measured distance, and training lowers its score term"
  )
  func measured() throws {
    var session = try Self.session(
      "network={kind: mlp, hidden: [32]}", "optimizer.learning_rate=0.01")
    let before = try Self.terms(&session)
    session.train(to: 1500)
    let after = try Self.terms(&session)
    #expect(after.step == session.step && after.explicit.freezing == before.explicit.freezing)
    #expect(after.explicit.score.bound < 0.7 * before.explicit.score.bound)
    for terms in [before, after] {
      let found = try #require(terms.variation)
      // Histograms of 400 points have what they have by chance on top.
      #expect(terms.explicit.limit > found.value - found.nullHigh)
      #expect(terms.explicit.sum < terms.explicit.limit)
    }
  }

  @Test("eps is unknown below 10 N / delta points, and known from there on")
  func fewPoints() throws {
    var session = try Self.session()
    let terms = try Self.terms(&session)
    // 10 * 8 / 4096 is just below 0.02.
    #expect(terms.corollary(delta: 0.02).score != nil)
    #expect(terms.corollary(delta: 0.019).score == nil)
    let worst = try #require(terms.worst(delta: 0.019))
    #expect(worst.quantile.standing == .unknown(needed: 4211))
  }

  @Test(
    "Other processes and samplers have no bound, and say so",
    arguments: [
      ("process={kind: ve}", PathBound.Obstacle.process),
      ("sampler.kind=probability_flow_heun", .sampler),
    ])
  func obstacles(assignment: String, obstacle: PathBound.Obstacle) throws {
    var session = try Self.session(assignment)
    session.measureNow(MeasurementRequest([PathBoundMeasurement.self]))
    #expect(session.measurements.pathBound == .missing(obstacle))
  }
}
