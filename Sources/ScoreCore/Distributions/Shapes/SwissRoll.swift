import Glibc

/// A Swiss roll in space, as a mixture of equal Gaussians spread evenly over the sheet.
///
/// Before standardisation the sheet is `(phi cos phi, h, phi sin phi)` for phi from `3 pi / 2` to
/// `9 pi / 2` and h from 0 to 21, as scikit-learn has it (`make_swiss_roll`; from memory). There phi
/// is uniform, here the length along the spiral is. 120 by 28 components stand a tenth of a unit
/// apart on the standardised sheet, so that at the default deviation of half of that the sheet has
/// no grain. The distribution is the mixture, so its score is exact; it is about the sheet, not on it.
public struct SwissRoll: KnownScoreDistribution {
  static let angles = 1.5 * Double.pi...4.5 * Double.pi
  static let width = 21.0
  static let nodes = (along: 120, across: 28)

  /// The mixture, standardised.
  public let mixture: IsotropicMixture
  let frame: StandardizedMixture

  /// Creates the distribution.
  ///
  /// - Parameter noise: The deviation of each component, in standardised units, positive.
  public init(noise: Double) {
    precondition(noise > 0, "Components have a deviation.")
    let rows = Self.anglesEvenInLength(Self.nodes.along).flatMap { phi in
      (0..<Self.nodes.across).map { index in
        [
          phi * cos(phi), Self.width * (Double(index) + 0.5) / Double(Self.nodes.across),
          phi * sin(phi),
        ]
      }
    }
    let centres = Points(rows: rows)
    // The sheet is standardised; the noise comes on top of it.
    let frame = StandardizedMixture(centres: centres, variance: 0)
    self.frame = frame
    let means = rows.map { row in
      row.enumerated().map { frame.standardized($1, axis: $0) }
    }
    mixture = IsotropicMixture(
      means: Points(rows: means), deviations: Array(repeating: noise, count: means.count))
  }

  /// Angles that cut the spiral into pieces of one length, at the middle of each.
  private static func anglesEvenInLength(_ count: Int) -> [Double] {
    // The length of r = phi from 0: (phi sqrt(1 + phi^2) + asinh phi) / 2.
    func length(_ phi: Double) -> Double {
      (phi * (1 + phi * phi).squareRoot() + asinh(phi)) / 2
    }
    let (start, end) = (length(angles.lowerBound), length(angles.upperBound))
    return (0..<count).map { index in
      let wanted = start + (end - start) * (Double(index) + 0.5) / Double(count)
      var phi = (2 * wanted).squareRoot()
      for _ in 0..<20 { phi -= (length(phi) - wanted) / (1 + phi * phi).squareRoot() }
      return phi
    }
  }

  public var dimension: Int { 3 }
  public var moments: Moments? { mixture.moments }
  public var covariance: [[Double]]? { mixture.covariance }
  public var manifold: (any Manifold)? { SwissRollSheet(frame: frame) }

  public func sample(count: Int, using stream: inout RandomStream) -> Points {
    mixture.sample(count: count, using: &stream)
  }

  public func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    mixture.logDensity(at: x, level: level)
  }

  public func score(at x: Points, level: NoiseLevel) -> Points {
    mixture.score(at: x, level: level)
  }

  public func logDensityAndScore(
    at x: Points, level: NoiseLevel
  ) -> (logDensity: [Double], score: Points) {
    mixture.logDensityAndScore(at: x, level: level)
  }
}

/// The sheet of a Swiss roll with its edges, standardised.
struct SwissRollSheet: Manifold {
  let frame: StandardizedMixture
  let dimension = 3
  let intrinsicDimension = 2

  func project(_ point: [Double]) -> [Double] {
    let phi = nearestAngle(point)
    let edges = [0, SwissRoll.width].map { frame.standardized($0, axis: 1) }
    let spiral = spiral(phi)
    return [spiral.x, min(max(point[1], edges[0]), edges[1]), spiral.z]
  }

  func tangent(at point: [Double]) -> [[Double]] {
    let slope = slope(nearestAngle(point))
    let length = hypot(slope.x, slope.z)
    return [[slope.x / length, 0, slope.z / length], [0, 1, 0]]
  }

  private func spiral(_ phi: Double) -> (x: Double, z: Double) {
    (frame.standardized(phi * cos(phi), axis: 0), frame.standardized(phi * sin(phi), axis: 2))
  }

  private func slope(_ phi: Double) -> (x: Double, z: Double) {
    (
      (cos(phi) - phi * sin(phi)) / frame.scale, (sin(phi) + phi * cos(phi)) / frame.scale
    )
  }

  /// The angle of the nearest point of the spiral: the best of a grid, then bisection for where the
  /// way to the point is at a right angle.
  private func nearestAngle(_ point: [Double]) -> Double {
    let (first, last, count) = (
      SwissRoll.angles.lowerBound, SwissRoll.angles.upperBound, 400
    )
    func angle(_ index: Int) -> Double {
      first + (last - first) * Double(min(max(index, 0), count)) / Double(count)
    }
    func square(_ phi: Double) -> Double {
      let place = spiral(phi)
      return (place.x - point[0]) * (place.x - point[0])
        + (place.z - point[2]) * (place.z - point[2])
    }
    func leads(_ phi: Double) -> Bool {
      let (place, slope) = (spiral(phi), slope(phi))
      return (place.x - point[0]) * slope.x + (place.z - point[2]) * slope.z < 0
    }
    let squares = (0...count).map { square(angle($0)) }
    let best = squares.indices.min { squares[$0] < squares[$1] } ?? 0
    var (low, high) = (angle(best - 1), angle(best + 1))
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if leads(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

extension DistributionCatalog.Entry {
  static let swissRoll = DistributionCatalog.Entry(
    name: "swiss_roll",
    summary: "a rolled sheet, as a mixture of 3360 Gaussians, in any position in d dimensions",
    source: "after make_swiss_roll of scikit-learn; exact because the distribution is the mixture",
    parameters: [
      ParameterDescription(
        "noise", "deviation about the sheet, which is standardised",
        .number(default: 0.05, range: 0.001...1)),
      ParameterDescription("dimension", "ambient dimension", .integer(default: 3, range: 3...784)),
      .geometrySeed,
    ],
    make: { parameters, _ in
      try EmbeddedDistribution.embedding(
        SwissRoll(noise: parameters.number("noise")), parameters)
    })
}
