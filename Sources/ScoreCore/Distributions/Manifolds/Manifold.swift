/// A curve, a surface or a flat on which a distribution lies before noise, or about which it lies.
///
/// At small noise the denoiser `D(x) = (x + sigma^2 s(x)) / alpha` of a distribution on a manifold
/// goes to the nearest point of it, and the Jacobian of D to the projection on the tangent space:
/// what a score network has to learn first (Huang et al. 2026, "SiLD", arXiv:2605.20235).
public protocol Manifold: Sendable {
  /// The number of coordinates of a point.
  var dimension: Int { get }
  /// The dimension k of the manifold itself.
  var intrinsicDimension: Int { get }
  /// The nearest point of the manifold, in data units, `[dimension]`; where several are as near, one
  /// of them.
  func project(_ point: [Double]) -> [Double]
  /// An orthonormal basis of the tangent space at the nearest point, `[intrinsicDimension]` rows of
  /// `[dimension]`.
  func tangent(at point: [Double]) -> [[Double]]
}

extension Manifold {
  /// ``project(_:)`` for a batch.
  public func project(_ points: Points) -> Points {
    Points(
      values: (0..<points.count).flatMap { project(points.row($0)) }, dimension: dimension)
  }

  /// How far each point is from the manifold, `[points.count]`, in data units.
  public func distances(of points: Points) -> [Double] {
    (0..<points.count).map { row in
      let point = points.row(row)
      return zip(point, project(point)).reduce(0) { sum, pair in
        sum + (pair.0 - pair.1) * (pair.0 - pair.1)
      }.squareRoot()
    }
  }
}

/// The whole of a space: what a subspace is in its own coordinates.
struct WholeSpace: Manifold {
  let dimension: Int
  var intrinsicDimension: Int { dimension }

  func project(_ point: [Double]) -> [Double] { point }

  func tangent(at point: [Double]) -> [[Double]] {
    (0..<dimension).map { axis in (0..<dimension).map { $0 == axis ? 1 : 0 } }
  }
}

/// The sphere of a radius about the origin, of one dimension less than its space.
struct SphereManifold: Manifold {
  let dimension: Int
  let radius: Double
  var intrinsicDimension: Int { dimension - 1 }

  func project(_ point: [Double]) -> [Double] { direction(of: point).map { radius * $0 } }

  // The reflection that swaps the first axis and the direction of the point makes an orthonormal
  // basis of the axes: its first row is the direction, the others are the tangent space.
  func tangent(at point: [Double]) -> [[Double]] {
    let unit = direction(of: point)
    let sign: Double = unit[0] > 0 ? -1 : 1
    var mirror = unit.map { -sign * $0 }
    mirror[0] += 1
    let square = mirror.reduce(0) { $0 + $1 * $1 }
    return (1..<dimension).map { row in
      (0..<dimension).map { column in
        (row == column ? 1 : 0) - 2 * mirror[row] * mirror[column] / square
      }
    }
  }

  private func direction(of point: [Double]) -> [Double] {
    let length = point.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return (0..<dimension).map { $0 == 0 ? 1 : 0 } }
    return point.map { $0 / length }
  }
}

/// All pairs of points of manifolds, one after the other in the coordinates.
struct ProductManifold: Manifold {
  let parts: [any Manifold]
  var dimension: Int { parts.reduce(0) { $0 + $1.dimension } }
  var intrinsicDimension: Int { parts.reduce(0) { $0 + $1.intrinsicDimension } }

  func project(_ point: [Double]) -> [Double] {
    pieces(of: point).flatMap { $0.part.project(Array(point[$0.range])) }
  }

  func tangent(at point: [Double]) -> [[Double]] {
    pieces(of: point).flatMap { piece in
      piece.part.tangent(at: Array(point[piece.range])).map { row in
        var whole = Array(repeating: 0.0, count: dimension)
        whole.replaceSubrange(piece.range, with: row)
        return whole
      }
    }
  }

  private func pieces(of point: [Double]) -> [(part: any Manifold, range: Range<Int>)] {
    var start = 0
    return parts.map { part in
      defer { start += part.dimension }
      return (part, start..<start + part.dimension)
    }
  }
}

/// The image of a manifold in a space of more dimensions, or turned, scaled and shifted in its own:
/// `y = scale U^T x + shift` with orthonormal rows U.
struct EmbeddedManifold: Manifold {
  let manifold: any Manifold
  /// `[manifold.dimension, dimension]`, or nil for the identity.
  let rows: OrthonormalRows?
  var scale = 1.0
  /// Added at the end, `[dimension]`; nil for nothing.
  var shift: [Double]?

  var dimension: Int { rows?.dimension ?? manifold.dimension }
  var intrinsicDimension: Int { manifold.intrinsicDimension }

  func project(_ point: [Double]) -> [Double] {
    let inside = manifold.project(inner(point)).map { scale * $0 }
    let outside = rows?.point(components: inside) ?? inside
    return shift.map { zip(outside, $0).map { $0 + $1 } } ?? outside
  }

  func tangent(at point: [Double]) -> [[Double]] {
    manifold.tangent(at: inner(point)).map { rows?.point(components: $0) ?? $0 }
  }

  private func inner(_ point: [Double]) -> [Double] {
    let centred = shift.map { zip(point, $0).map { $0 - $1 } } ?? point
    return (rows?.components(of: centred) ?? centred).map { $0 / scale }
  }
}
