import ScoreCore

/// The parts of a mixture: components that hang together, directly or through others.
///
/// Two components hang together where their centres are nearer than four of the larger deviation: between
/// those of equal deviation and weight there is a dip in the density from two deviations on, and at four it is deep.
struct MixtureParts: Sendable {
  /// The labels are the parts.
  let mixture: ClassMixture
  let count: Int

  private static let reach = 4.0
  /// Pairs of so many take some ten milliseconds, once.
  private static let componentLimit = 1000
  /// As many means are compared with each point.
  private static let partLimit = 32

  /// Finds the parts; nil where the distribution is no mixture that is written out, or has one part or
  /// more than 32.
  init?(of distribution: any KnownScoreDistribution) {
    guard let components = Self.components(of: distribution) else { return nil }
    let groups = Self.groups(components)
    guard (2...Self.partLimit).contains(groups.count) else { return nil }
    count = groups.count
    mixture = ClassMixture(
      groups.map { members in
        ClassMixture.Class(
          share: members.reduce(0) { $0 + components[$1].weight },
          distribution: GaussianMixture(members.map { components[$0] }))
      })
  }

  private static func components(
    of distribution: any KnownScoreDistribution
  ) -> [GaussianMixture.Component]? {
    if let mixture = distribution as? GaussianMixture {
      return mixture.components.count <= componentLimit ? mixture.components : nil
    }
    guard let mixture = distribution as? IsotropicMixture, mixture.componentCount <= componentLimit
    else { return nil }
    return (0..<mixture.componentCount).map { index in
      .init(
        weight: mixture.weights[index], mean: mixture.mean(of: index),
        spread: .isotropic(mixture.deviations[index]))
    }
  }

  /// The components of each part, parts in the order of their first one.
  private static func groups(_ components: [GaussianMixture.Component]) -> [[Int]] {
    var group = Array(repeating: -1, count: components.count)
    var found: [[Int]] = []
    for start in components.indices where group[start] < 0 {
      var members = [start]
      group[start] = found.count
      var next = 0
      while next < members.count {
        let one = components[members[next]]
        for other in components.indices where group[other] < 0 {
          let reach = Self.reach * max(one.widest, components[other].widest)
          guard one.squaredDistance(to: components[other]) < reach * reach else { continue }
          group[other] = found.count
          members.append(other)
        }
        next += 1
      }
      found.append(members)
    }
    return found
  }

  /// Points with their parts, from 0.
  func sample(count: Int, using stream: inout RandomStream) -> (points: Points, labels: [Int]) {
    let drawn = mixture.sample(count: count, using: &stream)
    let labels = (0..<count).map { row in
      (0..<self.count).first { drawn.conditions[row, $0] == 1 } ?? 0
    }
    return (drawn.points, labels)
  }
}

extension GaussianMixture.Component {
  /// The largest deviation along any axis; of a full covariance the root of its trace, which is above it.
  fileprivate var widest: Double {
    switch spread {
    case .isotropic(let deviation): deviation
    case .diagonal(let deviations): deviations.max() ?? 0
    case .full(let matrix): matrix.indices.reduce(0) { $0 + matrix[$1][$1] }.squareRoot()
    }
  }

  fileprivate func squaredDistance(to other: Self) -> Double {
    zip(mean, other.mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
