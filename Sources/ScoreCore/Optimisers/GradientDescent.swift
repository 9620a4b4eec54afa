import CVectorKernels

/// Stochastic gradient descent with momentum and an L2 penalty.
///
/// ```
/// m = momentum m + g + decay w,  w = w - rate m
/// ```
/// Source: Polyak 1964, "Some methods of speeding up the convergence of iteration methods".
public struct MomentumDescent: UpdateRule, Equatable {
  /// The share of the last step that is kept, in `0..<1`.
  public var momentum: Double
  /// The factor of the penalty's gradient, at least 0; biases are penalised too.
  public var weightDecay: Double

  public init(momentum: Double = 0.9, weightDecay: Double = 0) {
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  public var momentCount: Int { 1 }

  public func update(_ slice: ParameterSlice, step: UpdateStep) {
    sf_momentum(
      slice.parameters, slice.moments, slice.gradient, slice.count, Float(step.rate),
      Float(momentum), Float(weightDecay), Float(step.gradientScale))
  }
}

/// Gradient descent on the whole training set: the trajectory that early-stopping theory follows.
///
/// Source: Han, Razaviyayn and Xu 2024 (arXiv:2401.15604).
public struct FullBatchDescent: UpdateRule, Equatable {
  public init() {}

  public var momentCount: Int { 0 }
  public var usesWholeTrainingSet: Bool { true }

  public func update(_ slice: ParameterSlice, step: UpdateStep) {
    sf_descend(
      slice.parameters, slice.gradient, slice.count, Float(step.rate * step.gradientScale))
  }
}

extension CatalogEntry where Member == any UpdateRule {
  static let sgd = Self(
    name: "sgd", summary: "gradient steps with momentum", source: "Polyak 1964",
    parameters: [
      ParameterDescription(
        "momentum", "share of the last step that is kept",
        .number(default: 0.9, range: 0...0.9999), steps: .decays),
      ParameterDescription(
        "l2_penalty", "factor of the weights in the gradient", .number(default: 0, range: 0...100)),
    ]
  ) { MomentumDescent(momentum: $0.number("momentum"), weightDecay: $0.number("l2_penalty")) }

  static let gradientDescent = Self(
    name: "gradient_descent", summary: "plain steps along the gradient of all training points",
    source: "Han et al. 2024 (arXiv:2401.15604)"
  ) { _ in FullBatchDescent() }
}
