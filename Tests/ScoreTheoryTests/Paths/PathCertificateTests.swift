import Glibc
import ScoreCore
import ScoreTheory
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

  @Test("The total variation of two normal distributions is half the integral of the difference")
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

  @Test(
    "In any dimension the total variation of two centred normal distributions is that of chi-square distributions",
    arguments: [
      (1, 0.022068246748649), (2, 0.033545576599834), (4, 0.049345809217439),
      (16, 0.10158057261021), (64, 0.20306630963633),
    ])
  func normalDistance(dimension: Int, expected: Double) {
    // SciPy's chi2.cdf at the crossing radius, for variances 0.2649 and 0.2902.
    let (a, b) = (CentredNormal(variance: 0.2649), CentredNormal(variance: 0.2902))
    #expect(abs(a.totalVariation(to: b, dimension: dimension) - expected) < 1e-12)
    #expect(abs(b.totalVariation(to: a, dimension: dimension) - expected) < 1e-12)
    #expect(abs(a.totalVariation(to: b, dimension: 1) - a.totalVariation(to: b)) < 1e-12)
    #expect(a.totalVariation(to: a, dimension: dimension) == 0)
  }
}
