import Glibc
import ScoreCore
import Testing

@testable import ScoreClaims
@testable import ScoreLab

/// Closed forms of the finite class against independent values, made with numpy and scipy 1.x.
@Suite struct FiniteClassTests {
  /// The level at t = 0.1.
  private static let level = OrnsteinUhlenbeck(horizon: 6, stop: 1e-4).level(at: 0.1)

  private static func signs(_ cells: Int, _ delta: Double, _ accuracy: Double) -> SignClass {
    SignClass(cells: cells, delta: delta, accuracy: accuracy, margin: 0.1, level: level)
  }

  @Test("Dawson's integral is scipy's dawsn")
  func dawson() {
    let expected = [
      0: 0, 0.1: 0.0993359923978529, 0.5: 0.4244363835020223, 1: 0.5380795069127684,
      1.7: 0.37255934897407883, 3: 0.17827103061055827, 6: 0.08454268897454388,
      12.5: 0.040129248914351476, 40: 0.012503909917843958, -2: -0.301340388923792,
    ]
    for (x, value) in expected {
      // Rounding of some twenty terms of at most 1.
      #expect(abs(HalfNormal.dawson(x) - value) < 1e-15, "\(x)")
    }
  }

  /// Cells, m, delta, accuracy, failure probability and its tolerance.
  ///
  /// Two cells: a sum over all counts of either cell of a quadrature over one of the two normal
  /// numbers; the characteristic function falls slowest there, like w^-2. Sixteen cells: four million
  /// draws of counts and sums, to 4 standard errors.
  private static let failures: [(Int, Int, Double, Double, Double, Double)] = [
    (2, 40, 0.25, 1.0, 0.1418293581794523, 1e-5),
    (2, 100, 0.1, 0.8, 0.2739194344765114, 1e-5),
    (2, 200, 0.2, 0.5, 0.13292525722965162, 1e-5),
    (16, 700, 0.25, 0.5, 0.138396, 4 * 0.000173),
    (16, 3700, 0.05, 0.5, 0.1073805, 4 * 0.000155),
  ]

  @Test("The failure probability is that of a quadrature and of draws", arguments: failures)
  func failure(
    cells: Int, m: Int, delta: Double, accuracy: Double, value: Double, tolerance: Double
  ) {
    let found = Self.signs(cells, delta, accuracy).failureProbability(sampleCount: m)
    #expect(abs(found - value) < tolerance, "\(found)")
  }

  @Test("One candidate is preferred with the binomial mean of a normal tail")
  func preference() {
    for (m, delta, accuracy, value) in [
      (40, 0.25, 1.0, 0.03873550096560045), (100, 0.1, 0.8, 0.07800628788659555),
      (200, 0.2, 0.5, 0.03476536663383269),
    ] {
      let found = Self.signs(1, delta, accuracy).preferenceProbability(sampleCount: m)
      #expect(abs(found - value) < 1e-12, "\(m): \(found)")
    }
  }

  @Test("The number of samples needed is where the failure is what was asked for")
  func samplesNeeded() {
    for cells in [4, 16, 64] {
      let signs = Self.signs(cells, 0.05, 0.5)
      let m = signs.samplesNeeded(failure: 0.1)
      let (low, high) = (
        signs.failureProbability(sampleCount: Int(m)),
        signs.failureProbability(sampleCount: Int(m) + 1)
      )
      #expect(low >= 0.1 - 1e-6 && high <= 0.1 + 1e-6, "\(cells): \(m), \(low), \(high)")
    }
  }

  @Test("The class that may be wrong anywhere needs what independent cells do")
  func spread() {
    let spread = SpreadClass(cells: 512, accuracy: 0.5, level: Self.level)
    for (delta, value) in [
      (0.25, 10105.051571941129), (0.03125, 35215.64897490671),
      (0.001953125, 73660.7184101372),
    ] {
      let found = spread.samplesNeeded(delta: delta, failure: 0.1)
      // Forty halvings of log m.
      #expect(abs(found / value - 1) < 1e-8, "\(delta): \(found)")
    }
  }

  @Test("Moments of a normal number that is cut off are those of quadrature")
  func clippedMoments() {
    for (mean, deviation, low, high, first, second) in [
      (225.0, 27.0, -226.0, 226.0, 214.72117145355338, 46364.51730502336),
      (0.25, 0.9, -226, 226, 0.25, 0.8725), (3, 2, -1, 4, 2.6213882904310477, 8.93966032415237),
    ] {
      let found = ExcessLoss.clippedMoments(
        mean: mean, deviation: deviation, between: low, and: high)
      #expect(abs(found.first / first - 1) < 1e-12 && abs(found.second / second - 1) < 1e-12)
    }
  }

  @Test("Bernstein's bound and the union over the class ask for what their formula says")
  func bernstein() {
    let found = Self.signs(16, 0.05, 0.5).bernsteinSamples(failure: 0.1)
    #expect(abs(found / 188062.92361119622 - 1) < 1e-9, "\(found)")
  }

  @Test("Pooling gives the falling sequence that is nearest in squares")
  func falling() {
    #expect(FailureCounts.falling([1, 0.5, 0.7, 0.2, 0.1, 0.3]) == [1, 0.6, 0.6, 0.2, 0.2, 0.2])
    #expect(FailureCounts.falling([0.9, 0.4, 0]) == [0.9, 0.4, 0])
  }

  @Test("A crossing is where the line in log m between two shares has the value")
  func crossing() throws {
    var counts = FailureCounts(top: 30)
    #expect(counts.sampleCounts.prefix(4) == [16, 17, 19, 21])
    // Ten sets a group: all wrong at 16, four at 17, none from 19 on.
    for index in 0..<100 {
      let few = index / FailureCounts.groupCount < 4
      let wrong = counts.sampleCounts.map { $0 == 16 || ($0 == 17 && few) }
      counts.add(repeat: index, wrong: wrong, preferred: [])
    }
    let crossings = counts.crossings(failure: 0.1)
    let expected = log(17.0) + 0.75 * (log(19.0) - log(17.0))
    #expect(crossings.count == 10)
    for crossing in crossings { #expect(abs(try #require(crossing) - expected) < 1e-12) }
  }

  @Test("The report has the same bits whatever the threads")
  func threads() throws {
    let assignments = ["cells=4", "repeats=100", "sweep=3", "eps=1", "delta=0.2"]
    let (one, three) = (
      try ExperimentConfiguration.finished("finite_class", assignments, threads: 1),
      try ExperimentConfiguration.finished("finite_class", assignments, threads: 3)
    )
    #expect("\(one)" == "\(three)")
  }
}
