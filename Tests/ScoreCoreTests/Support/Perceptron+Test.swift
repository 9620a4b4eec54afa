import ScoreCore

extension Perceptron {
  /// A perceptron and what it is fed, in one go.
  init(
    dimension: Int, hidden: [Int], activation: Activation = .silu, timeFeatures: TimeFeatures,
    positionPairs: Int = 0, isResidual: Bool = false, hasFrozenFeatures: Bool = false,
    conditionCount: Int = 0
  ) {
    self.init(
      InputEncoding(
        dimension: dimension, positionPairs: positionPairs, timeFeatures: timeFeatures,
        conditionCount: conditionCount),
      hidden: hidden, activation: activation, isResidual: isResidual,
      hasFrozenFeatures: hasFrozenFeatures)
  }

  /// A perceptron with SiLU and waves of the log SNR.
  init(dimension: Int, hidden: [Int], timePairs: Int) {
    self.init(
      dimension: dimension, hidden: hidden, timeFeatures: TimeFeatures(.logSNR, pairs: timePairs))
  }

  /// Parameters in which no tensor is zero, so that every gradient path is used.
  func testParameters(seed: UInt64, scale: Double = 1) -> [Float] {
    var stream = RandomStream(seed: seed, purpose: .test)
    return layers.flatMap { layer in
      (0..<layer.weightCount + layer.outputs).map { _ in
        Float(scale * stream.normal() / Double(layer.inputs).squareRoot())
      }
    }
  }
}
