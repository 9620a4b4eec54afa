import ScoreCore

/// A catalog of two members that share their parameters but not their ranges and defaults.
enum TestMembers {
  static let all: [CatalogEntry<Int>] = [
    member("wide", low: 1, high: 10, top: 10), member("narrow", low: 0, high: 4, top: 4),
  ]

  private static func member(
    _ name: String, low: Double, high: Double, top: Double
  ) -> CatalogEntry<Int> {
    CatalogEntry(
      name: name, summary: name, source: "test",
      parameters: [
        ParameterDescription("low", "a number", .number(default: low, range: 0...top)),
        ParameterDescription("high", "a larger one", .number(default: high, range: 0...top)),
      ]
    ) { parameters throws(ParameterError) in
      guard parameters.number("low") <= parameters.number("high") else {
        throw ParameterError(path: ["low"], message: "must be at most high")
      }
      return 0
    }
  }
}
