public import ScoreCore

/// What a stopping rule can see of descent: values after some of its steps.
public struct StoppingCourse: Sendable, Equatable {
  /// The steps at which the course was measured, ascending.
  public var steps: [Int]
  /// The mean squared error at the training inputs after each.
  public var trainingLoss: [Double]
  /// The mean squared error at inputs that descent does not see; nil where none were held out.
  public var heldOutLoss: [Double]?
  /// The mean squared distance from the truth; nil where the truth is not known.
  public var excess: [Double]?
  /// The variance of the targets about the truth: the Bayes floor of the loss.
  public var floor: Double
  /// The eigenvalues of the Gram matrix over n, `[n]`; nil where there is no kernel.
  public var eigenvalues: [Double]?
  /// The step size.
  public var rate: Double

  /// Puts a course together.
  ///
  /// - Precondition: At least one step, ascending, and a value for each.
  public init(
    steps: [Int], trainingLoss: [Double], heldOutLoss: [Double]? = nil, excess: [Double]? = nil,
    floor: Double, eigenvalues: [Double]? = nil, rate: Double
  ) {
    precondition(
      !steps.isEmpty && zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 },
      "A course has ascending steps.")
    precondition(
      [trainingLoss, heldOutLoss, excess].allSatisfy { $0 == nil || $0?.count == steps.count },
      "Each step has a value.")
    self.steps = steps
    self.trainingLoss = trainingLoss
    self.heldOutLoss = heldOutLoss
    self.excess = excess
    self.floor = floor
    self.eigenvalues = eigenvalues
    self.rate = rate
  }
}

/// When to stop gradient descent on noisy targets.
public protocol StoppingRule: Sendable {
  /// The place in ``StoppingCourse/steps`` of the weights to keep.
  ///
  /// - Parameter course: What is known of the descent.
  /// - Returns: A place; nil where the course lacks what the rule looks at.
  func place(in course: StoppingCourse) -> Int?
}

/// Every stopping rule on offer.
public enum StoppingRuleCatalog: Catalog {
  public static let all: [CatalogEntry<any StoppingRule>] = [
    .oracle,
    .floor,
    .raskutti,
    .holdOut,
    .patience,
  ]
}
