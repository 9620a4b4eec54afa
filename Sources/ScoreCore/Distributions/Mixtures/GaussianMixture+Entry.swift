extension DistributionCatalog.Entry {
  static let gaussianMixture = DistributionCatalog.Entry(
    name: "gaussian_mixture",
    summary: "Gaussians with weights, means and isotropic, diagonal or full covariances",
    source: "closed form; Bishop 2006, section 9.2",
    parameters: [
      ParameterDescription(
        "components",
        "each with a mean, one of deviation, deviations and covariance, and a weight (1)",
        .structured)
    ],
    make: { parameters, _ in
      guard let components = parameters.values["components"] else {
        return GaussianMixture([
          .init(weight: 1, mean: [-1], spread: .isotropic(0.3)),
          .init(weight: 2, mean: [1], spread: .isotropic(0.5)),
        ])
      }
      return GaussianMixture(try GaussianMixture.components(from: components))
    })
}

extension GaussianMixture {
  /// Reads the structured value of the parameter `components`.
  static func components(from value: ParameterValue) throws(ParameterError) -> [Component] {
    let path = ["components"]
    let items = try value.list(at: path, of: "components")
    guard !items.isEmpty else {
      throw ParameterError(path: path, message: "at least one component is needed")
    }
    var components: [Component] = []
    for (index, item) in items.enumerated() {
      let component = try Component(from: item, at: path + ["\(index + 1)"])
      if let first = components.first, first.mean.count != component.mean.count {
        throw ParameterError(
          path: path + ["\(index + 1)", "mean"],
          message:
            "expected \(first.mean.count) coordinates, as in the first component, "
            + "not \(component.mean.count)")
      }
      components.append(component)
    }
    return components
  }
}

extension GaussianMixture.Component {
  private static let spreadKeys = ["deviation", "deviations", "covariance"]

  fileprivate init(from value: ParameterValue, at path: [String]) throws(ParameterError) {
    let map = try value.map(at: path, allowing: ["weight", "mean"] + Self.spreadKeys)
    guard let meanValue = map["mean"] else {
      throw ParameterError(path: path, message: "a component needs a mean")
    }
    let mean = try meanValue.numbers(at: path + ["mean"])
    guard (1...784).contains(mean.count) else {
      throw ParameterError(
        path: path + ["mean"], message: "expected 1 to 784 coordinates, found \(mean.count)")
    }
    let given = Self.spreadKeys.filter { map[$0] != nil }
    guard given.count == 1, let spreadValue = map[given[0]] else {
      throw ParameterError(
        path: path, message: "a component needs exactly one of deviation, deviations, covariance")
    }
    let weight = try map["weight"]?.positiveNumber(at: path + ["weight"]) ?? 1
    let spread = try Self.spread(
      given[0], spreadValue, dimension: mean.count, at: path + [given[0]])
    self.init(weight: weight, mean: mean, spread: spread)
  }

  private static func spread(
    _ key: String, _ value: ParameterValue, dimension: Int, at path: [String]
  ) throws(ParameterError) -> GaussianMixture.Spread {
    switch key {
    case "deviation": return .isotropic(try value.positiveNumber(at: path))
    case "deviations":
      let items = try value.list(at: path, of: "positive numbers", count: dimension)
      var deviations: [Double] = []
      for (axis, item) in items.enumerated() {
        deviations.append(try item.positiveNumber(at: path + ["\(axis + 1)"]))
      }
      return .diagonal(deviations)
    default:
      return .full(try covariance(value, dimension: dimension, at: path))
    }
  }

  private static func covariance(
    _ value: ParameterValue, dimension: Int, at path: [String]
  ) throws(ParameterError) -> [[Double]] {
    let items = try value.list(at: path, of: "rows", count: dimension)
    var rows: [[Double]] = []
    for (row, item) in items.enumerated() {
      rows.append(try item.numbers(at: path + ["\(row + 1)"], count: dimension))
    }
    let largest = rows.joined().reduce(0) { max($0, abs($1)) }
    for row in 0..<dimension {
      for column in 0..<row where abs(rows[row][column] - rows[column][row]) > 1e-9 * largest {
        throw ParameterError(
          path: path + ["\(row + 1)", "\(column + 1)"],
          message: "a covariance is symmetric, but \(rows[row][column]) is not "
            + "\(rows[column][row])")
      }
    }
    // Below this an eigenvalue is rounding, and its sign means nothing.
    let smallest = SymmetricEigen(rows).values[0]
    guard smallest > 1e-14 * Double(dimension) * largest else {
      throw ParameterError(
        path: path,
        message: "a covariance is positive definite, but this one has the eigenvalue \(smallest)")
    }
    return rows
  }
}
