/// Neighbouring parameters with what an update rule keeps for them, all float32.
public struct ParameterSlice {
  public let parameters: UnsafeMutablePointer<Float>
  /// The first moment's values; the next moment's lie `momentStride` further.
  public let moments: UnsafeMutablePointer<Float>
  public let momentStride: Int
  public let gradient: UnsafePointer<Float>
  public let count: Int
}

/// How one step of an update rule is taken.
public struct UpdateStep: Sendable, Equatable {
  /// The step size, schedule included.
  public var rate: Double
  /// The number of the step, from 1.
  public var number: Int
  /// The factor, at most 1, that clips the gradient's norm.
  public var gradientScale: Double
}

/// A rule that turns gradients into steps.
///
/// Every parameter is updated alone, so slices of a buffer can be updated in parallel.
public protocol UpdateRule: Sendable {
  /// How many numbers the rule keeps for each parameter.
  var momentCount: Int { get }
  /// Whether a step uses every training point instead of a batch.
  var usesWholeTrainingSet: Bool { get }
  func update(_ slice: ParameterSlice, step: UpdateStep)
}

extension UpdateRule {
  public var usesWholeTrainingSet: Bool { false }
}

/// Every optimiser on offer.
public enum OptimizerCatalog: Catalog {
  public static let all: [CatalogEntry<any UpdateRule>] = [
    .adam,
    .adamW,
    .sgd,
    .gradientDescent,
  ]
}
