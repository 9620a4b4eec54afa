import ScoreCore
import Testing

@Suite struct ParameterErrorTests {
  private static let good: [String: ParameterValue] = [
    "mean": .list([.number(0), .number(0)]), "deviation": .number(0.5),
  ]

  private static func changed(
    _ changes: [String: ParameterValue?]
  ) -> ParameterValue {
    var map = good
    for (key, value) in changes { map[key] = value }
    return .map(map)
  }

  private static func matrix(_ rows: [[Double]]) -> ParameterValue {
    .list(rows.map { .list($0.map { .number($0) }) })
  }

  static let bad: [(second: ParameterValue, path: [String], says: String)] = [
    (.number(3), [], "map"),
    (changed(["weight": .number(0)]), ["weight"], "positive number, found 0"),
    (changed(["weight": .number(.nan)]), ["weight"], "positive"),
    (changed(["weight": .text("a")]), ["weight"], "positive"),
    (changed(["wieght": .number(1)]), ["wieght"], "unknown"),
    (changed(["mean": nil]), [], "mean"),
    (changed(["mean": .list([])]), ["mean"], "784"),
    (changed(["mean": .list([.number(1), .text("x")])]), ["mean", "2"], "number, found \"x\""),
    (changed(["mean": .list([.number(1)])]), ["mean"], "2 coordinates"),
    (changed(["deviation": .number(-1)]), ["deviation"], "positive"),
    (changed(["deviation": nil]), [], "exactly one"),
    (changed(["covariance": matrix([[1, 0], [0, 1]])]), [], "exactly one"),
    (
      changed(["deviation": nil, "deviations": .list([.number(1)])]), ["deviations"], "list of 2"
    ),
    (
      changed(["deviation": nil, "deviations": .list([.number(1), .number(0)])]),
      ["deviations", "2"], "positive number, found 0"
    ),
    (
      changed(["deviation": nil, "covariance": matrix([[1, 0.2], [0.3, 1]])]),
      ["covariance", "2", "1"], "symmetric"
    ),
    (
      changed(["deviation": nil, "covariance": matrix([[1, 2], [2, 1]])]), ["covariance"],
      "positive definite"
    ),
    (
      changed(["deviation": nil, "covariance": matrix([[1, 1], [1, 1]])]), ["covariance"],
      "positive definite"
    ),
    (
      changed(["deviation": nil, "covariance": matrix([[1, 0], [0]])]), ["covariance", "2"],
      "list of 2 numbers, found a list of 1"
    ),
  ]

  @Test("Each wrong component is reported at its exact place", arguments: bad)
  func wrongComponentsAreLocated(
    second: ParameterValue, path: [String], says: String
  ) throws {
    let entry = try #require(DistributionCatalog.entry(named: "gaussian_mixture"))
    let parameters = try CatalogParameters(
      ["components": .list([.map(Self.good), second])], describedBy: entry.parameters)
    let error = #expect(throws: ParameterError.self) {
      _ = try entry.make(parameters, FixedTable())
    }
    #expect(error?.path == ["components", "2"] + path)
    #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
  }

  @Test("A list of no components, or something else, is refused")
  func emptyComponentsAreRefused() throws {
    let entry = try #require(DistributionCatalog.entry(named: "gaussian_mixture"))
    for value in [ParameterValue.list([]), .number(1)] {
      let parameters = try CatalogParameters(
        ["components": value], describedBy: entry.parameters)
      let error = #expect(throws: ParameterError.self) {
        _ = try entry.make(parameters, FixedTable())
      }
      #expect(error?.path == ["components"])
    }
  }

  @Test("A whole mixture is read as it is written")
  func mixtureIsRead() throws {
    let entry = try #require(DistributionCatalog.entry(named: "gaussian_mixture"))
    let parameters = try CatalogParameters(
      [
        "components": .list([
          Self.changed(["weight": .number(1)]),
          Self.changed([
            "weight": .number(2), "deviation": nil,
            "covariance": Self.matrix([[1, 0.2], [0.2, 0.5]]),
          ]),
        ])
      ], describedBy: entry.parameters)
    let distribution = try #require(try entry.make(parameters, FixedTable()) as? GaussianMixture)
    #expect(
      distribution.components == [
        .init(weight: 1, mean: [0, 0], spread: .isotropic(0.5)),
        .init(weight: 2, mean: [0, 0], spread: .full([[1, 0.2], [0.2, 0.5]])),
      ])
  }

  @Test("Numbers out of range, of the wrong type or beyond any integer are refused")
  func simpleParametersAreChecked() throws {
    let entry = try #require(DistributionCatalog.entry(named: "checkerboard"))
    for value in [1, 2.5, 1e300, .infinity, .nan] {
      #expect(throws: ParameterError.self) {
        _ = try CatalogParameters(
          ["squares": .number(value)], describedBy: entry.parameters)
      }
    }
    let error = #expect(throws: ParameterError.self) {
      _ = try CatalogParameters(["square": .number(4)], describedBy: entry.parameters)
    }
    #expect(error?.path == ["square"])
    #expect(error?.message.contains("kind, squares") == true)
  }
}
