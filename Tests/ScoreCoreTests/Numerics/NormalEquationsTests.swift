import Testing

@testable import ScoreCore

@Suite struct NormalEquationsTests {
  private static let features = [
    1, 2, 0.5, 0.3, -1, 2, 2, 0.1, -0.7, -1, 1, 1, 0.2, 0.4, 3,
  ]
  private static let outputs = [1, 0, 0.5, 2, -1, 1, 2, -0.5, 0, 3]
  private static let weights = [1, 2, 0.5, 1.5, 3]

  @Test(
    "Weighted least squares with a penalty is numpy's lstsq on the augmented rows, in pieces too")
  func reference() throws {
    // numpy.linalg.lstsq on rows times sqrt(w) above sqrt(0.3) I: a method without the Gram matrix.
    let expected = [
      -0.5896545218153832, 0.7185494950394702, 0.45591933880696556, -0.3791310314887869,
      0.15216724611137208, 0.904914632966163,
    ]
    var equations = NormalEquations(featureCount: 3, outputCount: 2)
    for rows in [0..<2, 2..<5] {
      equations.add(
        features: Array(Self.features[rows.lowerBound * 3..<rows.upperBound * 3]),
        outputs: Array(Self.outputs[rows.lowerBound * 2..<rows.upperBound * 2]),
        weights: Array(Self.weights[rows]))
    }
    let found = try #require(equations.weights(ridge: 0.3))
    // A few roundings of a system whose condition number is near 10.
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-13 })
  }

  @Test("Features that depend on one another have no solution without a penalty")
  func singular() {
    var equations = NormalEquations(featureCount: 2, outputCount: 1)
    equations.add(features: [1, 2, 2, 4, -1, -2], outputs: [1, 2, 3], weights: [1, 1, 1])
    #expect(equations.weights(ridge: 0) == nil)
    #expect(equations.weights(ridge: 1e-6) != nil)
    #expect(equations.gram == [6, 12, 12, 24] && equations.meanDiagonal == 15)
  }
}
