/// A part of a distribution with little of its weight, apart from all the rest.
///
/// Few samples show it, so how many of them do is compared with what is expected.
public struct RarePart: Sendable, Equatable {
  /// The probability of the part, at most ``heaviest``.
  public let weight: Double
  /// The centres of its components, `[components, dimension]`.
  public let centres: Points
  /// How far from its centre a component's points lie, `[components]`: all but fewer than one in a
  /// thousand.
  public let reaches: [Double]

  /// The largest weight of a rare part.
  public static let heaviest = 0.2
  /// The largest weight of one of its components.
  static let heaviestComponent = 0.1
  /// How many times both deviations the centres of parts lie apart that count as separate.
  static let separation = 4.0

  /// Makes a part of isotropic Gaussians.
  ///
  /// - Parameters:
  ///   - weight: The probability of all of them together.
  ///   - centres: One row a component.
  ///   - deviations: The standard deviation of each.
  init(weight: Double, centres: Points, deviations: [Double]) {
    self.weight = weight
    self.centres = centres
    // A normal vector has a length of about sqrt(d) with a deviation below 1.
    reaches = deviations.map { $0 * (Double(centres.dimension).squareRoot() + 3) }
  }

  /// How many of some points lie in the part.
  public func count(of points: Points) -> Int {
    let d = points.dimension
    return (0..<points.count).count { contains(points.values[$0 * d..<($0 + 1) * d]) }
  }

  /// Whether a point lies in the part.
  ///
  /// - Parameter point: The point, `[dimension]`.
  /// - Returns: Whether a component's reach holds it.
  public func contains(_ point: some Collection<Double>) -> Bool {
    // Every sample is asked for every frame, so no coordinates are copied.
    let d = centres.dimension
    return reaches.indices.contains { component in
      let centre = centres.values[component * d..<(component + 1) * d]
      let square = zip(point, centre).reduce(0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
      return square <= reaches[component] * reaches[component]
    }
  }

  /// How many of `count` independent points are expected in the part, and the standard deviation of
  /// that number.
  public func expectation(of count: Int) -> Estimate {
    let mean = Double(count) * weight
    return Estimate(value: mean, standardError: (mean * (1 - weight)).squareRoot())
  }
}

extension IsotropicMixture {
  /// Its light components, if each is far from every heavy one.
  public var rarePart: RarePart? {
    // Data have a component a point, none of which is a part.
    guard componentCount <= 64 else { return nil }
    let light = (0..<componentCount).filter { weights[$0] <= RarePart.heaviestComponent }
    let heavy = (0..<componentCount).filter { weights[$0] > RarePart.heaviestComponent }
    let weight = light.reduce(0) { $0 + weights[$1] }
    guard !light.isEmpty, !heavy.isEmpty, weight <= RarePart.heaviest,
      light.allSatisfy({ far in heavy.allSatisfy { isApart(far, from: $0) } })
    else { return nil }
    return RarePart(
      weight: weight, centres: Points(rows: light.map { mean(of: $0) }),
      deviations: light.map { deviations[$0] })
  }

  private func isApart(_ component: Int, from other: Int) -> Bool {
    let square = zip(mean(of: component), mean(of: other)).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    let least = RarePart.separation * (deviations[component] + deviations[other])
    return square >= least * least
  }
}

extension ContaminatedDistribution {
  /// The outliers, if they are Gaussians far from what is clean.
  public var rarePart: RarePart? {
    guard fraction <= RarePart.heaviest, let moments = clean.moments,
      let far = outliers as? IsotropicMixture
    else { return nil }
    let spread = (Double(dimension) * moments.variance).squareRoot()
    let isApart = (0..<far.componentCount).allSatisfy { component in
      let square = zip(far.mean(of: component), moments.mean).reduce(0) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }
      let least = RarePart.separation * (far.deviations[component] + spread)
      return square >= least * least
    }
    guard isApart else { return nil }
    return RarePart(
      weight: fraction,
      centres: Points(rows: (0..<far.componentCount).map { far.mean(of: $0) }),
      deviations: far.deviations)
  }
}
