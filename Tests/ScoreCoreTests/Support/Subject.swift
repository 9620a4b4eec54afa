import Glibc
import Testing

@testable import ScoreCore

/// A distribution under the contract, with what a test must know about its scale.
struct Subject: Sendable, CustomTestStringConvertible {
  var name: String
  var distribution: any KnownScoreDistribution
  /// The smallest length on which the density varies before noise; 0 for jumps, kinks and atoms.
  var feature: Double

  var testDescription: String { name }

  /// The smallest length at a level.
  func width(at level: NoiseLevel) -> Double { hypot(level.alpha * feature, level.sigma) }

  /// Every member of the catalog with its standard parameters, and mixtures of other kinds.
  static func all() throws -> [Subject] {
    let features = [
      "gaussian_mixture": 0.3, "pair": 1, "two_moons": 0.1, "ring_of_gaussians": 0.1,
      "grid_of_gaussians": 0.07, "spiral": 0.05, "pinwheel": 0.12, "banana": 0.16, "funnel": 0.1,
      "letters": 0.025, "checkerboard": 0, "uniform": 0, "laplace": 0, "two_point": 0,
      "linear_subspace": 0, "circle": 0, "sphere": 0, "torus": 0, "swiss_roll": 0.05, "embedded": 0,
      "contaminated": 0.1, "affine": 0.1, "old_faithful": 0.1,
      "galaxies": 0.1, "iris": 0.1, "penguins": 0.1, "digits": 0.1, "points": 0.1, "images": 0.1,
    ]
    let members = try DistributionCatalog.all.map { entry in
      let isOfFile = entry.parameters.contains { $0.name == "file" }
      var given: [String: ParameterValue] = isOfFile ? ["file": .text("stub.csv")] : [:]
      if entry.name == "images" { given["count"] = .number(30) }
      let parameters = try CatalogParameters(given, describedBy: entry.parameters)
      return Subject(
        name: entry.name, distribution: try entry.make(parameters, FixedTable()),
        feature: try #require(features[entry.name], "a new member states its feature here"))
    }
    return members + mixtures
  }

  static let mixtures = [
    Subject(
      name: "circle in five dimensions",
      distribution: VonMisesCircle(concentration: 30, radius: 2, dimension: 5, seed: 3), feature: 0),
    Subject(
      name: "sphere in six dimensions",
      distribution: EmbeddedDistribution(
        UniformSphere(intrinsic: 3, radius: 1.5), dimension: 6, seed: 3), feature: 0),
    Subject(
      name: "box in three dimensions",
      distribution: UniformBoxMixture([.init(low: [-2, -1, 0], high: [1, 1, 0.5])]), feature: 0),
    Subject(
      name: "shell of outliers",
      distribution: ContaminatedDistribution(
        clean: Laplace(scale: 0.5),
        outliers: IsotropicMixture(means: Points(rows: [[-9], [9]]), deviations: [0.3, 0.4]),
        fraction: 0.2), feature: 0),
    Subject(
      name: "turned and shifted",
      distribution: SimilarityImage(
        of: GaussianMixture([
          .init(weight: 1, mean: [0, 0], spread: .diagonal([0.3, 1])),
          .init(weight: 2, mean: [3, 1], spread: .isotropic(0.5)),
        ]), scale: 1.5, rotation: OrthonormalRows(turning: 0.7), shift: [-3, 1]), feature: 0.45),
    Subject(
      name: "full covariances",
      distribution: GaussianMixture([
        .init(weight: 1, mean: [0, 0], spread: .isotropic(0.5)),
        .init(weight: 2, mean: [3, 1], spread: .full([[1, 0.2], [0.2, 0.5]])),
        .init(weight: 0.5, mean: [-2, 1], spread: .diagonal([0.3, 1])),
      ]), feature: 0.3),
    Subject(
      name: "five dimensions",
      distribution: IsotropicMixture(
        means: Points(rows: [[0, 0, 0, 0, 0], [1, 2, -1, 0, 1], [-2, 0, 1, 1, 0]]),
        weights: [1, 2, 3], deviations: [0.4, 0.7, 1]), feature: 0.4),
    Subject(
      name: "overlapping boxes",
      distribution: UniformBoxMixture([
        .init(weight: 1, low: [-2], high: [1]), .init(weight: 3, low: [0], high: [1.5]),
      ]), feature: 0),
  ]

  /// Ornstein-Uhlenbeck times from nearly clean to nearly pure noise, and levels without decay.
  static let noisyLevels =
    [0.001, 0.1, 1, 5].map { NoiseLevel(alpha: exp(-$0), sigma: (-expm1(-2 * $0)).squareRoot()) }
    + [NoiseLevel(alpha: 1, sigma: 0.01), NoiseLevel(alpha: 1, sigma: 10)]

  /// The noisy levels, and no noise where the density is smooth without it.
  var levels: [NoiseLevel] { (feature > 0 ? [.clean] : []) + Subject.noisyLevels }

  /// Draws from the noisy distribution.
  func noisySample(count: Int, level: NoiseLevel, using stream: inout RandomStream) -> Points {
    var points = distribution.sample(count: count, using: &stream)
    for i in points.values.indices {
      points.values[i] = level.alpha * points.values[i] + level.sigma * stream.normal()
    }
    return points
  }
}

/// A data source that returns one table whatever the file.
struct FixedTable: DataSource {
  var table = DataTable(
    names: ["height", "weight"],
    points: Points(
      rows: (0..<30).map { index in
        let u = Double(index) / 5
        return [170 + 10 * sin(u), 70 + 4 * u + 8 * cos(2 * u)]
      }))

  func table(file: String, columns: [String]) throws -> DataTable { table }
}
