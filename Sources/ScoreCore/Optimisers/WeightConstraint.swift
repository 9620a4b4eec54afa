/// Neighbouring weights that a constraint looks at or moves, all float32.
public struct WeightSlice {
  public let weights: UnsafeMutablePointer<Float>
  /// Their values before the first step; nil unless the constraint asks for them.
  public let initial: UnsafePointer<Float>?
  public let count: Int
}

/// A set that training keeps the weights of a network in: after each update they go to its nearest
/// point.
///
/// A projection takes two passes over slices of the trained weights, each in parallel: one that measures,
/// whose results are summed in order, and one that moves. Networks of a bank are kept in a set each.
public protocol WeightConstraint: Sendable {
  /// Whether slices must have the initial weights.
  var needsInitialWeights: Bool { get }
  /// What a slice adds to the measure of all weights.
  func measure(_ slice: WeightSlice) -> Double
  /// Moves a slice, given the measure of all weights.
  func project(_ slice: WeightSlice, measure: Double)
}

/// Every constraint on offer; no constraint is one of them.
public enum WeightConstraintCatalog: Catalog {
  public static let all: [CatalogEntry<(any WeightConstraint)?>] = [
    .none,
    .ball,
  ]
}

extension CatalogEntry where Member == (any WeightConstraint)? {
  static let none = Self(name: "none", summary: "weights are free", source: "standard") { _ in nil }
}
