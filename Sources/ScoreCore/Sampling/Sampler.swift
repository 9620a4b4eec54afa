/// One move of a sampler, from a noisier time to a cleaner one.
public struct TimeStep: Sendable, Equatable {
  /// The time the points are at, in process time.
  public var from: Double
  /// The time they go to; smaller than `from`.
  public var to: Double
  /// How many moves the whole pass has.
  public var stepCount: Int

  public init(from: Double, to: Double, stepCount: Int = 1) {
    precondition(to < from, "A sampler moves towards smaller times.")
    self.from = from
    self.to = to
    self.stepCount = stepCount
  }
}

/// A rule that moves points one step down in noise.
public protocol Sampler: Sendable {
  /// Whether `step` draws no noise.
  var isDeterministic: Bool { get }
  /// The weak order of accuracy in the step size; a test holds the method to it.
  ///
  /// It is 0 for a method whose error tends to a bias that more steps do not remove.
  var order: Int { get }
  /// Moves the points, `[count, dimension]`, from `step.from` to `step.to`.
  ///
  /// Every move is made of scores, sums and standard normal points, so with a linear score it is
  /// linear in points and noise; ``GaussianRecursion`` rests on that. A method that draws noise
  /// takes a whole batch `noise.normals(count:dimension:)` at a time and keeps nothing in `memory`.
  ///
  /// - Parameters:
  ///   - points: The points at `step.from`; on return those at `step.to`.
  ///   - step: Where to go.
  ///   - process: Gives the noise levels at both times.
  ///   - score: The score that is followed.
  ///   - noise: Gives standard normal points.
  ///   - memory: What the method kept of the steps before; empty on the first step of a pass.
  func step(
    _ points: inout Points, over step: TimeStep, process: any ForwardProcess,
    score: any ScoreFunction, noise: inout some NoiseSource, memory: inout SamplerMemory)
}

/// What a multistep method keeps from one step to the next; a value, so a copy is a checkpoint.
public struct SamplerMemory: Sendable {
  /// An estimate of the clean points, and the noise level it was made at.
  public struct Estimate: Sendable {
    public var clean: Points
    public var level: NoiseLevel

    public init(clean: Points, level: NoiseLevel) {
      self.clean = clean
      self.level = level
    }
  }

  /// The estimate of the step before.
  public var previous: Estimate?

  public init() {}
}
