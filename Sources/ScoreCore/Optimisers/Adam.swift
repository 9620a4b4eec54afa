import CVectorKernels
import Glibc

/// Adam, with decoupled weight decay if asked for.
///
/// Source: Kingma and Ba 2015 (arXiv:1412.6980), Algorithm 1; Loshchilov and Hutter 2019
/// (arXiv:1711.05101), Algorithm 2, for the decay.
public struct Adam: UpdateRule, Equatable {
  /// The decay of the gradient's mean, in `0..<1`.
  public var beta1: Double
  /// The decay of the squared gradient's mean, in `0..<1`.
  public var beta2: Double
  public var epsilon: Double
  /// The decay of the weights a step, times the step size, at least 0; biases decay too.
  public var weightDecay: Double

  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public var momentCount: Int { 2 }

  public func update(_ slice: ParameterSlice, step: UpdateStep) {
    // The corrections belong to the decays the kernel has: 1 - 0.999 in float32 is off by 1e-5,
    // which the first steps would show.
    let (beta1, beta2) = (Float(beta1), Float(beta2))
    let settings = sf_adam_settings(
      rate: Float(step.rate), beta1: beta1, beta2: beta2, epsilon: Float(epsilon),
      correction1: Float(1 / (1 - pow(Double(beta1), Double(step.number)))),
      correction2: Float(1 / (1 - pow(Double(beta2), Double(step.number)))),
      decay: Float(step.rate * weightDecay), gradient_scale: Float(step.gradientScale))
    sf_adam(
      slice.parameters, slice.moments, slice.moments + slice.momentStride, slice.gradient,
      slice.count, settings)
  }
}

extension CatalogEntry where Member == any UpdateRule {
  private static let betas = [
    ParameterDescription(
      "beta1", "decay of the gradient's mean", .number(default: 0.9, range: 0...0.9999),
      steps: .decays),
    ParameterDescription(
      "beta2", "decay of the squared gradient's mean",
      .number(default: 0.999, range: 0...0.999999), steps: .decays),
  ]

  static let adam = Self(
    name: "adam", summary: "steps scaled by running moments of the gradient",
    source: "Kingma and Ba 2015 (arXiv:1412.6980)", parameters: betas
  ) { Adam(beta1: $0.number("beta1"), beta2: $0.number("beta2")) }

  static let adamW = Self(
    name: "adamw", summary: "Adam with decoupled weight decay",
    source: "Loshchilov and Hutter 2019 (arXiv:1711.05101)",
    parameters: betas + [
      ParameterDescription(
        "weight_decay", "share of the weights lost a step, times the step size",
        .number(default: 0.01, range: 0...100))
    ]
  ) {
    Adam(
      beta1: $0.number("beta1"), beta2: $0.number("beta2"),
      weightDecay: $0.number("weight_decay"))
  }
}
