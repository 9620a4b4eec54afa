import Glibc
import Testing

@testable import ScoreCore

@Suite struct AdaptiveQuadratureTests {
  @Test("Both rules integrate the polynomials they should, so every digit of the table counts")
  func rulesHaveTheirDegree() {
    let nodes = AdaptiveQuadrature.nodes
    for degree in 0...22 {
      let exact = degree % 2 == 0 ? 2 / Double(degree + 1) : 0
      let kronrod = zip(nodes, AdaptiveQuadrature.kronrodWeights).reduce(0) {
        $0 + $1.1 * pow($1.0, Double(degree))
      }
      #expect(abs(kronrod - exact) <= 1e-15)
      guard degree <= 13 else { continue }
      let gauss = zip(
        stride(from: 1, to: 15, by: 2).map { nodes[$0] }, AdaptiveQuadrature.gaussWeights
      ).reduce(0) { $0 + $1.1 * pow($1.0, Double(degree)) }
      #expect(abs(gauss - exact) <= 1e-15)
    }
  }

  @Test("Narrow features and kinks are resolved")
  func hardIntegrandsAreResolved() {
    let peak = AdaptiveQuadrature.integrate(over: [-1, 1]) { x in
      x.map { 1 / (1e-6 + ($0 - 0.3) * ($0 - 0.3)) }
    }
    let exact = 1e3 * (atan(0.7e3) + atan(1.3e3))
    #expect(abs(peak / exact - 1) <= 1e-11)
    let kink = AdaptiveQuadrature.integrate(over: [0, 1]) { x in x.map { abs($0 - 0.1) } }
    #expect(abs(kink - 0.41) <= 1e-10)
    #expect(AdaptiveQuadrature.integrate(over: [0, 1]) { $0.map { _ in 0 } } == 0)
  }
}
