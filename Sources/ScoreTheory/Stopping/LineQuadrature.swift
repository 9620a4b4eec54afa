/// The noisy points of a regression on the line, evenly spaced with masses: what functions of a noisy point
/// are on average, without drawing.
///
/// By the trapezoidal rule, whose error for functions with kinks is of the order of the spacing squared.
public struct LineQuadrature: Sendable, Equatable {
  /// The points, ascending.
  public let nodes: [Double]
  /// What each stands for.
  public let masses: PointMasses

  /// Points of a regression's noisy distribution.
  public init(_ regression: TwoAtomRegression, count: Int) {
    let reach = regression.reach
    nodes = (0..<count).map { -reach + 2 * reach * Double($0) / Double(count - 1) }
    masses = PointMasses(nodes.map { regression.density($0) })
  }
}
