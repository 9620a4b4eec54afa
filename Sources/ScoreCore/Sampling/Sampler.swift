/// One move of a sampler, from a noisier time to a cleaner one.
public struct TimeStep: Sendable, Equatable {
  /// The time the points are at, in process time.
  public var from: Double
  /// The time they go to; smaller than `from`.
  public var to: Double

  public init(from: Double, to: Double) {
    precondition(to < from, "A sampler moves towards smaller times.")
    self.from = from
    self.to = to
  }
}

/// A rule that moves points one step down in noise.
public protocol Sampler: Sendable {
  /// Whether `step` ignores the random stream.
  var isDeterministic: Bool { get }
  /// The weak order of accuracy in the step size; a test holds the method to it.
  var order: Int { get }
  /// Moves the points, `[count, dimension]`, from `step.from` to `step.to`.
  func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout RandomStream)
}
