import Glibc
import ScoreCore
import Testing

@Suite struct PathCertificateTests {
  @Test("Large errors on few paths cost their share, small ones on all cost Pinsker's bound")
  func thresholds() {
    let rare = Array(repeating: 0.0, count: 97) + [1e6, .infinity, .nan]
    #expect(abs(PathCertificate(accumulated: rare).bound - 0.03) < 1e-12)
    let small = Array(repeating: 2e-4, count: 100)
    #expect(abs(PathCertificate(accumulated: small).bound - 0.01) < 1e-12)
    let both = PathCertificate(accumulated: small.dropLast(5) + Array(repeating: 50, count: 5))
    #expect(abs(both.bound - 0.06) < 1e-12)
    #expect(both.threshold == 2e-4)
    #expect(PathCertificate(accumulated: [0, 0]).bound == 0)
    #expect(PathCertificate(accumulated: Array(repeating: 100, count: 5)).bound == 1)
  }

  @Test("The start's distance and divergence are those of two normal laws")
  func start() {
    let law = ReferenceGaussian(dimension: 1, variance: 9)
    let level = OrnsteinUhlenbeck(horizon: 1, stop: 0.1).level(at: 1)
    var stream = RandomStream(seed: 8, purpose: .test)
    let gap = StartGap(law: law, level: level, count: 40_000, using: &stream)
    let normal = CentredNormal(variance: law.noisyVariance(at: level))
    let unit = CentredNormal(variance: 1)
    func near(_ terms: [Double], _ exact: Double) -> Bool {
      let n = Double(terms.count)
      let mean = terms.reduce(0, +) / n
      let variance = terms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
      return abs(mean - exact) < 4 * (variance / n).squareRoot()
    }
    #expect(near(gap.variationTerms, normal.totalVariation(to: unit)))
    #expect(near(gap.divergenceTerms, normal.kullbackLeibler(to: unit)))
  }

  @Test("The total variation of two normal laws is half the integral of the difference")
  func normalDistance() {
    for (v, w) in [(1.0, 1.0643), (0.25, 4), (1, 1)] {
      let (a, b) = (CentredNormal(variance: v), CentredNormal(variance: w))
      let h = 1e-3
      let sum = (0..<40_000).reduce(0.0) { sum, k in
        let x = -20 + h * (Double(k) + 0.5)
        let p = StandardNormal.density(x / v.squareRoot()) / v.squareRoot()
        let q = StandardNormal.density(x / w.squareRoot()) / w.squareRoot()
        return sum + abs(p - q) * h / 2
      }
      // The midpoint rule with kinks.
      #expect(abs(a.totalVariation(to: b) - sum) < 1e-6)
      #expect(abs(b.totalVariation(to: a) - sum) < 1e-6)
    }
  }
}
