import Glibc
import ScoreCore
import Testing

@Suite struct LeaveOneOutBandwidthTests {
  private func search(_ points: Points) -> LeaveOneOutBandwidth {
    var search = LeaveOneOutBandwidth(points)
    while !search.isFinished { search.step() }
    return search
  }

  @Test(
    "Two points at distance r in d dimensions are likeliest at h = r / sqrt(d)", arguments: 1...3)
  func twoPoints(dimension: Int) {
    var points = Points(zeros: 2, dimension: dimension)
    points[1, 0] = 3
    let h = search(points).bandwidth
    // Twelve golden sections of two grid steps leave 0.0022 in log h.
    #expect(abs(log(h * Double(dimension).squareRoot() / 3)) < 0.0025)
  }

  @Test("The likelihood left out is that of the mixture of all other points")
  func likelihood() {
    var stream = RandomStream(seed: 3, purpose: .test)
    let points = stream.normals(count: 40, dimension: 2)
    for h in [0.05, 0.3, 2] {
      let total = (0..<40).reduce(0.0) { sum, i in
        var others = points.rows(0..<i)
        others.append(points.rows(i + 1..<40))
        let distribution = IsotropicMixture(
          means: others, deviations: Array(repeating: h, count: 39))
        return sum + distribution.logDensity(at: points.rows(i..<i + 1), level: .clean)[0]
      }
      let value = LeaveOneOutBandwidth(points).logLikelihood(bandwidth: h)
      // Rounding of sums of 40 terms of about 100.
      #expect(abs(value - total / 40) < 1e-10 * abs(total), "h = \(h)")
    }
  }

  @Test("No bandwidth on a fine row has a larger likelihood")
  func optimum() {
    var stream = RandomStream(seed: 4, purpose: .test)
    let points = stream.normals(count: 60, dimension: 1)
    let search = search(points)
    let best = search.logLikelihood(bandwidth: search.bandwidth)
    for k in 0...100 {
      let h = 0.01 * pow(300, Double(k) / 100)
      // The likelihood is flat at its top: 0.0022 in log h costs about its square.
      #expect(search.logLikelihood(bandwidth: h) < best + 1e-5, "h = \(h)")
    }
  }

  @Test("Points that are all one have a bandwidth, and it is positive")
  func oneAtom() {
    let h = search(Points(zeros: 5, dimension: 1)).bandwidth
    #expect(h > 0 && h.isFinite)
  }
}
