import Glibc

/// Adam's constants and step size.
///
/// Source: Kingma and Ba 2015 (arXiv:1412.6980), Algorithm 1.
public struct Adam: Sendable, Equatable {
  /// The step size, positive.
  public var learningRate: Double
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8

  public init(learningRate: Double) { self.learningRate = learningRate }

  /// The moments of the gradient, `[parameterCount]` each.
  public struct Moments: Sendable, Equatable {
    public var first: [Float]
    public var second: [Float]

    public init(count: Int) {
      first = Array(repeating: 0, count: count)
      second = Array(repeating: 0, count: count)
    }
  }
}
