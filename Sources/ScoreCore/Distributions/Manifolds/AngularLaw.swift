import Glibc

/// The angle in the plane of a circle on which a distribution has a von Mises density.
///
/// Collapse is what the radius shows, refinement what the angle shows: once a score leads to the
/// circle, what is left to learn is where on it the points are.
public struct AngularLaw: Sendable {
  /// kappa, at least 0.
  public let concentration: Double
  /// Of the circle, in data units.
  public let radius: Double
  let plane: OrthonormalRows

  /// The angle of each point in the plane, from -pi to pi, `[x.count]`; scales do not matter to it.
  public func angles(of x: Points) -> [Double] {
    let inner = plane.components(of: x)
    return (0..<x.count).map { atan2(inner[$0, 1], inner[$0, 0]) }
  }

  /// The log of the density of an angle, in nats: `kappa cos(angle) - log 2 pi I_0(kappa)`.
  public func logDensity(_ angle: Double) -> Double {
    concentration * (cos(angle) - 1) - log(2 * Double.pi)
      - ModifiedBessel.logScaledI0(concentration)
  }

  /// The points of the circle at angles, `[angles.count, dimension]`, in data units.
  public func points(at angles: [Double]) -> Points {
    plane.points(
      components: Points(
        values: angles.flatMap { [radius * cos($0), radius * sin($0)] }, dimension: 2))
  }

  /// The directions of growing angle, of unit length, of the same shape.
  public func tangents(at angles: [Double]) -> Points {
    plane.points(
      components: Points(values: angles.flatMap { [-sin($0), cos($0)] }, dimension: 2))
  }
}
