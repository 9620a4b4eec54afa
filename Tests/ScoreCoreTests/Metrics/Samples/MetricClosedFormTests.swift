import Glibc
import TestSupport
import Testing

@testable import ScoreCore

/// Against what can be worked out by hand.
@Suite struct MetricClosedFormTests {
  private static let settings = MetricSettings(seed: 3, draws: 99)

  /// N(0, 1) and N(0.5, 1.3^2), drawn from streams that never meet.
  private static func pair(_ index: UInt64, count: Int) -> (Points, Points) {
    var first = RandomStream(seed: 21, purpose: .test, index: 2 * index)
    var second = RandomStream(seed: 21, purpose: .test, index: 2 * index + 1)
    let x = first.normals(count: count, dimension: 1)
    var y = second.normals(count: count, dimension: 1)
    for i in y.values.indices { y.values[i] = 0.5 + 1.3 * y.values[i] }
    return (x, y)
  }

  /// The mean of a statistic over independent pairs, and its standard error.
  private static func average(
    _ statistic: (Points, Points) -> Double
  ) -> (mean: Double, error: Double) {
    let values: [Double] = (0..<UInt64(40)).map { index in
      let (x, y) = pair(index, count: 1000)
      return statistic(x, y)
    }
    let mean = Samples.mean(values)
    let spread = Samples.second(values.map { $0 - mean }) * 40 / 39
    return (mean, (spread / 40).squareRoot())
  }

  @Test("The MMD of two normals is that of the kernel means")
  func mmdOfNormals() {
    // E k(X, Y) = l / sqrt(l^2 + v1 + v2) exp(-(m1 - m2)^2 / (2 (l^2 + v1 + v2)))
    func kernel(_ v: Double, _ gap: Double) -> Double {
      exp(-gap * gap / (2 * (1 + v))) / (1 + v).squareRoot()
    }
    let exact = kernel(2, 0) + kernel(2 * 1.69, 0) - 2 * kernel(2.69, 0.5)
    #expect(abs(exact - 0.0487) < 5e-5)
    let (mean, error) = Self.average { MaximumMeanDiscrepancy.squared($0, $1, length: 1) }
    #expect(error < 0.002)
    #expect(abs(mean - exact) < 4 * error, "\(mean)")
  }

  @Test("The energy distance of two normals is that of folded normals")
  func energyOfNormals() {
    // E|N(m, s^2)| = s sqrt(2/pi) exp(-m^2 / 2s^2) + m (2 Phi(m/s) - 1)
    func folded(_ m: Double, _ s: Double) -> Double {
      s * (2 / Double.pi).squareRoot() * exp(-m * m / (2 * s * s))
        + m * (2 * StandardNormal.cdf(m / s) - 1)
    }
    let within = (folded(0, 2.0.squareRoot()), folded(0, 3.38.squareRoot()))
    let exact = 2 * folded(0.5, 2.69.squareRoot()) - within.0 - within.1
    #expect(abs(exact - 0.1427) < 5e-5)
    let (mean, error) = Self.average { EnergyDistance.value($0, $1) }
    // Pairs of a point with itself add the mean distances within over n.
    let bias = (within.0 + within.1) / 1000
    #expect(error < 0.005)
    #expect(abs(mean - bias - exact) < 4 * error, "\(mean)")
  }

  @Test("The divergence of two normals is found by neighbours")
  func neighborDivergenceOfNormals() {
    // KL(N(0, 1) || N(m, s^2)) = log s + (1 + m^2) / (2 s^2) - 1/2
    let exact = log(1.3) + 1.25 / (2 * 1.69) - 0.5
    let (mean, error) = Self.average { NeighborDivergence.value($0, $1, neighbor: 5) }
    // The bias of this estimate falls with n; what is left at 1000 points is below 0.01.
    #expect(abs(mean - exact) < 4 * error + 0.01, "\(mean) for \(exact)")
  }

  @Test("W2 between Gaussians: from moments, from quantiles and by slices")
  func wassersteinOfGaussians() {
    let distribution = NoisyDistribution(ReferenceGaussian())
    let quantiles = LineDistribution(distribution, settings: .init()).quantiles(count: 20_000)
    let moved = quantiles.map { 0.5 + 1.3 * $0 }
    // (m1 - m2)^2 + (s1 - s2)^2; 20,000 quantiles hold all but 1e-4 of the variance.
    let exact = 0.25 + 0.09
    #expect(abs(LineTransport.cost(quantiles, moved, order: 2) - exact) < 1e-4)
    let a = FrechetDistance.Moments(mean: [0], covariance: [[1]])
    let b = FrechetDistance.Moments(mean: [0.5], covariance: [[1.69]])
    #expect(abs(FrechetDistance.squared(a, b) - exact) < 1e-14)
    // A shift moves every projection by its component; in d dimensions the mean square is 1/d.
    var stream = RandomStream(seed: 4, purpose: .test)
    let x = stream.normals(count: 500, dimension: 2)
    let y = Points(values: x.values.enumerated().map { $1 + ($0 % 2 == 0 ? 3 : 4) }, dimension: 2)
    let directions = SlicedWasserstein(order: 2).directions(dimension: 2, settings: .init())
    let sliced = SlicedWasserstein.distance(x, y, directions: directions, order: 2)
    #expect(abs(sliced * sliced - 25 / 2) < 1e-12)
    #expect(abs(AssignmentWasserstein.squaredDistance(x, y) - 25) < 1e-12)
  }

  @Test("The Frechet distance of Gaussians that do not commute is the known formula in the plane")
  func frechetInThePlane() {
    // tr (S1^1/2 S2 S1^1/2)^1/2 = sqrt(tr(S1 S2) + 2 sqrt(det S1 det S2)) for 2 x 2 matrices.
    let (s, t) = ([[2, 0.6], [0.6, 1]], [[1, -0.5], [-0.5, 3]])
    let product = 2.0 * 1 + 2 * 0.6 * -0.5 + 1 * 3
    let determinants = (2 - 0.36) * (3 - 0.25)
    let exact = 1 + 3 + 4 - 2 * (product + 2 * determinants.squareRoot()).squareRoot()
    let value = FrechetDistance.squared(
      .init(mean: [0, 0], covariance: s), .init(mean: [1, 0], covariance: t))
    #expect(abs(value - exact) < 1e-13)
  }

  @Test("The mean of total variation by chance is the binomial one, for cells of any share")
  func totalVariationByChance() throws {
    // Sums over all binomial counts with scipy. Cells of 1.96 and 0.04 expected points are where
    // sum sqrt(p (1 - p)) / sqrt(2 pi N) is 2 % too large; for 2000 points it is good to 2e-4, and
    // sqrt(K / (2 pi N)), which takes shares as equal, is 21 % too large.
    let few = HistogramTotalVariation.chance([0.5, 0.3, 0.15, 0.049, 0.001], count: 40)
    #expect(abs(few - 0.09638652257165838) < 1e-13)
    let many = HistogramTotalVariation.chance([0.4, 0.3, 0.2, 0.1], count: 2000)
    #expect(abs(many - 0.01469944503381529) < 1e-12)
    #expect(abs(many / 0.014702570034636145 - 1) < 2.5e-4)
    #expect(HistogramTotalVariation.chance([1, 0], count: 10) == 0)
    // In the plane cells are unequal; the simulated null is about the same number.
    let distribution = RingOfGaussians.mixture(count: 8, radius: 1, deviation: 0.1)
    var stream = RandomStream(seed: 15, purpose: .test)
    let x = distribution.sample(count: 500, using: &stream)
    let report = try HistogramTotalVariation().measure(
      x, against: .distribution(distribution), settings: Self.settings)
    let stated = try #require(
      report.note.split(separator: " ").dropFirst(2).first.flatMap { Double($0) })
    // A draw varies by a tenth, the mean of 99 by 1 %, and shares that are those of 20,000 draws
    // add 2 % (numpy: 0.1439 for 0.1415). sqrt(K / (2 pi N)) would be 0.178.
    #expect(abs(report.nullMean / stated - 1) < 0.05, "\(report.nullMean) for \(report.note)")
    #expect(stated < 0.15)
  }

  @Test("The null of total variation is near sqrt(K / 2 pi N), between samples sqrt(K / pi N)")
  func totalVariationNull() throws {
    var stream = RandomStream(seed: 5, purpose: .test)
    let x = stream.normals(count: 2000, dimension: 1)
    let y = stream.normals(count: 2000, dimension: 1)
    let metric = HistogramTotalVariation()
    let distribution = try metric.measure(
      x, against: .distribution(ReferenceGaussian()), settings: Self.settings)
    // Simulated elsewhere: 0.0626 and 0.0885, each within 0.0006 (99 draws of deviation 0.006).
    #expect(abs(distribution.nullMean - 0.0626) < 0.002, "\(distribution.nullMean)")
    let samples = try metric.measure(x, against: .sample(y), settings: Self.settings)
    #expect(abs(samples.nullMean - 0.0885) < 0.003, "\(samples.nullMean)")
  }

  @Test("The Frechet distance from a distribution takes the distribution's own moments")
  func frechetFromKnownMoments() throws {
    // Half of the points at 1 and half at -1 have mean 0 and variance 1; the pair has mean eta R
    // and variance 1 + eta (1 - eta) R^2; noise and units come on top.
    let x = Points(values: (0..<40).map { $0 % 2 == 0 ? 1 : -1 }, dimension: 1)
    let distribution = LowerBoundPair(eta: 0.01, separation: 10).first
    let settings = MetricSettings(draws: 19)
    let clean = try FrechetDistance().measure(
      x, against: .distribution(distribution), settings: settings)
    let exact = hypot(0.1, 1.99.squareRoot() - 1)
    #expect(abs(clean.value - exact) < 1e-14)
    let noisy = NoisyDistribution(
      distribution, level: NoiseLevel(alpha: 0.6, sigma: 0.8),
      units: CoordinateFrame(names: ["x"], offset: [3], scale: [2]))
    let moved = try FrechetDistance().measure(
      x, against: MetricReference(.distribution(noisy)), settings: settings)
    let deviation = 2 * (0.36 * 1.99 + 0.64).squareRoot()
    #expect(abs(moved.value - hypot(3 + 2 * 0.6 * 0.1, deviation - 1)) < 1e-13)
  }

  @Test("The null of W1 for a normal is near 1.29 / sqrt(N)")
  func wasserstein1Null() throws {
    var stream = RandomStream(seed: 6, purpose: .test)
    let x = stream.normals(count: 2000, dimension: 1)
    let report = try WassersteinDistance(order: 1).measure(
      x, against: .distribution(ReferenceGaussian()), settings: Self.settings)
    // Simulated elsewhere: 0.0280, with a deviation of 0.01 a draw.
    #expect(abs(report.nullMean - 0.0280) < 0.003, "\(report.nullMean)")
  }

  @Test("By chance the share near one training point is c^dim", arguments: [1, 2, 3])
  func memorizationNull(dimension: Int) {
    var stream = RandomStream(seed: 7, purpose: .test)
    let training = stream.normals(count: 20_000, dimension: dimension)
    let fresh = stream.normals(count: 20_000, dimension: dimension)
    let share = Memorization.share(of: fresh, training: training, ratio: 1.0 / 3)
    // Simulated elsewhere: .339, .107, .044; the deviation is below 0.004, and curvature of the
    // density shifts it from c^dim by a like amount.
    #expect(abs(share - pow(1.0 / 3, Double(dimension))) < 0.015, "\(share)")
    #expect(Memorization.share(of: training, training: training, ratio: 1.0 / 3) == 1)
  }

  @Test("The likelihood gap of a shifted sample is half its squared shift")
  func likelihoodGap() throws {
    var stream = RandomStream(seed: 8, purpose: .test)
    let x = stream.normals(count: 20_000, dimension: 1)
    let moved = Points(values: x.values.map { $0 + 1 }, dimension: 1)
    let distribution = MetricReference.distribution(ReferenceGaussian())
    let report = try LikelihoodGap().measure(moved, against: distribution, settings: Self.settings)
    // -log q varies like x^2 / 2, with variance 1.5 at shift 1.
    #expect(abs(report.value - 0.5) < 5 * (1.5 / 20_000).squareRoot())
    #expect(abs(report.nullMean) < 5 * (0.5 / 20_000 / 99).squareRoot())
    #expect(report.verdict == .above)
  }

  @Test("The dimension of a plane in space is read off the score")
  func intrinsicDimension() {
    let distribution = GaussianMixture([.init(mean: [0, 0, 0], spread: .diagonal([1, 2, 1e-7]))])
    var stream = RandomStream(seed: 9, purpose: .test)
    let clean = distribution.sample(count: 10_000, using: &stream)
    let level = NoiseLevel(alpha: 1, sigma: 0.01)
    let estimate = IntrinsicDimension(
      ExactScore(distribution), at: clean, level: level, using: &stream)
    // sigma^2 / (v + sigma^2) is 1e-4 and 2.5e-5 along the plane; across it chi-squared.
    #expect(abs(estimate.value - 2) < 5 * estimate.standardError + 2e-4)
    #expect(abs(estimate.standardError - (2.0 / 10_000).squareRoot()) < 0.002)
  }

  @Test("Parts are counted in their shares, and a part that is left out shows")
  func modeCounts() {
    let distribution = GaussianMixture(
      [0, 1, 2, 3].map {
        .init(weight: $0 + 1, mean: [10 * $0, 0], spread: .diagonal([0.5, 1]))
      })
    // Points on the centres: parts this far apart leave no doubt.
    func sample(_ counts: [Int]) -> Points {
      Points(
        rows: counts.enumerated().flatMap { part, count in
          Array(repeating: [10 * Double(part), 0], count: count)
        })
    }
    let good = ModeCounts(
      sample([10, 20, 30, 40]), under: NoisyDistribution(distribution), parts: distribution.parts)
    #expect(good.chiSquare < 1e-20 && good.missing == 0 && good.tail == 1)
    let bad = ModeCounts(
      sample([0, 30, 30, 40]), under: NoisyDistribution(distribution), parts: distribution.parts)
    // 10^2 / 10 + 10^2 / 20
    #expect(abs(bad.chiSquare - 15) < 1e-9 && bad.missing == 1 && bad.degreesOfFreedom == 3)
    #expect(good.judged == 4 && bad.judged == 4)
  }

  @Test("A part too small to be judged counts neither as found nor as missing")
  func unjudgedParts() throws {
    // Of 100 points the parts should have 80, 16 and 4.
    let distribution = GaussianMixture(
      [(0.0, 20.0), (10, 4), (20, 1)].map {
        .init(weight: $0.1, mean: [$0.0], spread: .isotropic(0.5))
      })
    func note(_ count: Int) throws -> String {
      let sample = Points(values: Array(repeating: 0, count: count), dimension: 1)
      return try ModeCoverage().measure(
        sample, against: .distribution(distribution), settings: MetricSettings(seed: 1, draws: 19)
      ).note
    }
    // Chi-square of 20, 16 and 4: (20^2 / 80 + 16 + 4) = 25 with two degrees, exp(-12.5) =
    // 3.727e-6.
    #expect(
      try note(100) == "1 of 2 parts found; 2 of 3 judged; 2 degrees of freedom, p 3.7e-06")
    // 250, whose tail is exp(-125) = 5.17e-55.
    #expect(
      try note(1000) == "1 of 3 parts found; 2 degrees of freedom, p 5.2e-55")
  }

  @Test("For parts that lie apart the null is chi-square with K - 1 degrees of freedom")
  func modeCoverageNull() throws {
    let distribution = RingOfGaussians.mixture(count: 8, radius: 1, deviation: 0.05)
    var stream = RandomStream(seed: 10, purpose: .test)
    let x = distribution.sample(count: 500, using: &stream)
    let report = try ModeCoverage().measure(
      x, against: .distribution(distribution), settings: MetricSettings(seed: 1, draws: 999))
    // Mean 7 and variance 14; the 5% and 95% points are 2.167 and 14.07.
    #expect(abs(report.nullMean - 7) < 5 * (14.0 / 999).squareRoot())
    #expect(abs(report.nullLow - 2.167) < 0.4 && abs(report.nullHigh - 14.07) < 1.5)
  }

  @Test("A classifier that knows the shift is right as often as it can be")
  func quadraticClassifier() {
    var stream = RandomStream(seed: 11, purpose: .test)
    let x = stream.normals(count: 4000, dimension: 2)
    var y = stream.normals(count: 4000, dimension: 2)
    for row in 0..<4000 { y[row, 0] += 2 }
    let accuracy = QuadraticClassifier.accuracy(x, y, settings: .init())
    // The best rule errs with probability Phi(-1); the binomial deviation is 0.004.
    #expect(abs(accuracy - StandardNormal.cdf(1)) < 0.02)
    let neighbors = NeighborClassifier.accuracy(x, y, neighbors: 11)
    #expect(neighbors < accuracy + 0.01 && neighbors > accuracy - 0.04)
  }
}
