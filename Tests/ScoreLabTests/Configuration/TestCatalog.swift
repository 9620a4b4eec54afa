import ScoreCore

/// A distribution at one point, for tests that only need some distribution.
struct PointMass: KnownScoreDistribution {
  let dimension = 1

  func sample(count: Int, using stream: inout RandomStream) -> Points {
    Points(zeros: count, dimension: 1)
  }

  func logDensity(at x: Points, level: NoiseLevel) -> [Double] {
    x.squaredNorms().map { -$0 / (2 * level.sigma * level.sigma) }
  }

  func score(at x: Points, level: NoiseLevel) -> Points {
    Points(values: x.values.map { -$0 / (level.sigma * level.sigma) }, dimension: 1)
  }
}

/// A catalog that covers every kind of parameter and does not change with the real one.
enum TestCatalog {
  static let all: [DistributionCatalog.Entry] =
    [moons, plain, mixture, table].filter { entry in
      // The default distribution is checked against the real description where there is one.
      entry.name != moons.name || DistributionCatalog.entry(named: moons.name) == nil
    } + DistributionCatalog.all.filter { $0.name == moons.name }

  private static let moons = entry(
    "two_moons", [ParameterDescription("noise", "noise", .number(default: 0.1, range: 0.001...1))])

  private static let plain = entry(
    "test_plain",
    [
      ParameterDescription("width", "a number", .number(default: 1.5, range: 0...10)),
      ParameterDescription("count", "an integer", .integer(default: 3, range: 1...9)),
      ParameterDescription("centred", "a flag", .flag(default: false)),
      ParameterDescription("label", "text", .text(default: "none")),
    ])

  private static let mixture = entry(
    "test_mixture", [ParameterDescription("components", "a list", .structured)]
  ) { parameters, _ in
    guard case .list(let components)? = parameters.values["components"] else {
      throw ParameterError(path: ["components"], message: "a list must be given")
    }
    for (index, component) in components.enumerated() {
      guard case .map(let map) = component, case .number(let weight)? = map["weight"], weight > 0
      else {
        throw ParameterError(
          path: ["components", "\(index + 1)", "weight"], message: "expected a positive number")
      }
    }
    return PointMass()
  }

  private static let table = entry(
    "test_table",
    [
      ParameterDescription("file", "a file", .text(default: nil)),
      ParameterDescription("columns", "columns", .structured),
    ]
  ) { parameters, data in
    _ = try data.table(file: parameters.text("file"), columns: [])
    return PointMass()
  }

  private static func entry(
    _ name: String, _ parameters: [ParameterDescription],
    make:
      @escaping @Sendable (CatalogParameters, any DataSource) throws ->
      any KnownScoreDistribution = { _, _ in PointMass() }
  ) -> DistributionCatalog.Entry {
    DistributionCatalog.Entry(
      name: name, summary: name, source: "test", parameters: parameters, make: make)
  }
}
