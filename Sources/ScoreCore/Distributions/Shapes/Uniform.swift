/// The uniform distribution on a box with equal sides, in any dimension.
extension DistributionCatalog.Entry {
  static let uniform = DistributionCatalog.Entry(
    name: "uniform",
    summary: "uniform on an interval, or on a box in more dimensions",
    source: "closed form, differences of the normal distribution function",
    parameters: [
      ParameterDescription("dimension", "number of axes", .integer(default: 1, range: 1...784)),
      ParameterDescription(
        "low", "lower end along every axis", .number(default: -1, range: -1000...1000)),
      ParameterDescription(
        "high", "upper end along every axis, above the lower one",
        .number(default: 1, range: -1000...1000)),
    ],
    make: { parameters, _ in
      let (low, high) = (parameters.number("low"), parameters.number("high"))
      guard low < high else {
        throw ParameterError(path: ["high"], message: "expected a number above low, \(low)")
      }
      let count = parameters.integer("dimension")
      return UniformBoxMixture([
        UniformBoxMixture.Box(
          low: Array(repeating: low, count: count), high: Array(repeating: high, count: count))
      ])
    })
}
